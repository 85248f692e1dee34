package dev.infermux.budget;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.mist.Payload;
import dev.infermux.mist.json.JsonWriter;
import dev.infermux.policy.budget.Reservation;
import java.util.List;

/**
 * Asks whether a hold, after what failed attempts were charged, still covers another attempt. Never
 * leaves the process.
 *
 * @param charged not told before
 */
public record ExtendReservation(Reservation hold, List<CostEntry> charged, Usd need)
    implements Payload {

  public ExtendReservation {
    charged = List.copyOf(charged);
  }

  @Override
  public byte[] json() {
    return JsonWriter.object().text("caller", hold.caller()).end();
  }

  /** The answer. */
  public record Covered(boolean fits) implements Payload {
    @Override
    public byte[] json() {
      return JsonWriter.object().flag("fits", fits).end();
    }
  }
}
