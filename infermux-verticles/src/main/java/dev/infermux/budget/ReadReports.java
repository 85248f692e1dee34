package dev.infermux.budget;

import dev.infermux.ledger.report.Reports;
import dev.infermux.mist.Payload;
import dev.infermux.mist.json.JsonWriter;
import java.util.function.Function;

/**
 * Asks for something that stands in the reports. Never leaves the process.
 *
 * @param reader makes an immutable answer of them, on a thread of the ledger
 */
public record ReadReports<T>(Function<Reports, T> reader) implements Payload {

  @Override
  public byte[] json() {
    return JsonWriter.object().end();
  }

  /** The answer, with everything in it that was booked before the question. */
  public record Told<T>(T answer) implements Payload {
    @Override
    public byte[] json() {
      return JsonWriter.object().end();
    }
  }
}
