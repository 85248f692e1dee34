package dev.infermux.budget;

import dev.infermux.ledger.Ledger.PendingReservations;
import dev.infermux.mist.Payload;
import dev.infermux.mist.json.JsonWriter;
import dev.infermux.policy.budget.AccountView;
import java.util.List;
import java.util.Map;

/** Asks how callers stand this month. Never leaves the process. */
public record InspectAccounts(List<String> callers) implements Payload {

  public InspectAccounts {
    callers = List.copyOf(callers);
  }

  @Override
  public byte[] json() {
    return JsonWriter.object().value("callers", callers).end();
  }

  /**
   * The answer.
   *
   * @param accounts of those asked for
   * @param holds of everybody
   * @param behind whether spend is in memory alone because the disk does not take it
   */
  public record Inspected(
      Map<String, AccountView> accounts, PendingReservations holds, boolean behind)
      implements Payload {

    public Inspected {
      accounts = Map.copyOf(accounts);
    }

    @Override
    public byte[] json() {
      return JsonWriter.object().integer("open_holds", holds.count()).flag("behind", behind).end();
    }
  }
}
