package dev.infermux.budget;

import dev.infermux.mist.Payload;
import dev.infermux.mist.json.JsonWriter;
import java.util.List;

/** What one cell has to write down, in order. Never leaves the process. */
public record LedgerUpdates(List<LedgerUpdate> all) implements Payload {

  public LedgerUpdates {
    all = List.copyOf(all);
  }

  @Override
  public byte[] json() {
    return JsonWriter.object().integer("bookings", all.size()).end();
  }
}
