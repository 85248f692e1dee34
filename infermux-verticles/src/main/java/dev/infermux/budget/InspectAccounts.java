package dev.infermux.budget;

import dev.infermux.ledger.CostReports.PendingTotals;
import dev.infermux.mist.LocalPayload;
import dev.infermux.policy.budget.AccountView;
import java.util.List;
import java.util.Map;

/** Asks how callers stand this month. */
public record InspectAccounts(List<String> callers) implements LocalPayload {

  public InspectAccounts {
    callers = List.copyOf(callers);
  }

  /**
   * The reply.
   *
   * @param accounts of those asked for
   * @param pending reservations of all callers
   * @param behind whether spend is in memory alone because the disk does not take it
   */
  public record Inspected(Map<String, AccountView> accounts, PendingTotals pending, boolean behind)
      implements LocalPayload {

    public Inspected {
      accounts = Map.copyOf(accounts);
    }
  }
}
