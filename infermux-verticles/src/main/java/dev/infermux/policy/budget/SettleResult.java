package dev.infermux.policy.budget;

import dev.infermux.inference.Usd;
import java.util.List;

/**
 * What a cost did to its account.
 *
 * @param counted false when the reservation had ended before: nothing has changed then
 * @param overrun by how much the cost passed its reservation; more than zero means that a bound was
 *     wrong, and only then can a limit be passed
 */
public record SettleResult(boolean counted, Usd overrun, List<BudgetAlert> alerts) {

  static final SettleResult BEFORE = new SettleResult(false, Usd.ZERO, List.of());
  static final SettleResult QUIET = new SettleResult(true, Usd.ZERO, List.of());

  public SettleResult {
    alerts = List.copyOf(alerts);
  }
}
