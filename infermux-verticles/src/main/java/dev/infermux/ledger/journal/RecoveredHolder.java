package dev.infermux.ledger.journal;

import java.time.YearMonth;
import java.util.List;
import java.util.UUID;

/**
 * What a holder of leases spent before it ended, as far as the store that authorises may not know.
 *
 * @param place where its journal lay when it wrote it
 */
public record RecoveredHolder(UUID holder, String place, List<Spent> accounts) {

  public RecoveredHolder {
    accounts = List.copyOf(accounts);
  }

  /** All that it spent of one account; what was reserved when it ended is in it. */
  public record Spent(String account, YearMonth month, long nanos) {}
}
