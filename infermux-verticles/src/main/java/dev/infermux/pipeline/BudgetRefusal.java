package dev.infermux.pipeline;

import dev.infermux.inference.ErrorCode;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.policy.budget.BudgetVerdict.Stop;
import dev.infermux.policy.budget.StopReason;
import java.time.Duration;

/** Says why a call does not fit its caller's budget, and what to do. */
final class BudgetRefusal {

  private static final Duration SOON = Duration.ofSeconds(1);

  private BudgetRefusal() {}

  /**
   * @param most what the call may cost
   * @param shared whether several nodes share the budget
   */
  static InferenceException of(String caller, Stop stop, String most, boolean shared) {
    String pending =
        stop.pending().nanos() == 0
            ? ""
            : " and " + stop.pending().toDecimal() + " USD held for calls in flight";
    String message =
        "budget of caller \""
            + caller
            + "\": "
            + stop.limit().toDecimal()
            + " USD a month, "
            + stop.spent().toDecimal()
            + " USD spent"
            + pending
            + ": this call may cost up to "
            + most
            + advice(stop);
    return new InferenceException(
        shared
            ? new Failure.BudgetExceeded(
                ErrorCode.BUDGET_EXCEEDED,
                message,
                stop.reason().wireName(),
                stop.reason() == StopReason.SPENT ? null : SOON)
            : new Failure.BudgetExceeded(message));
  }

  private static String advice(Stop stop) {
    return switch (stop.reason()) {
      case AUTHORISED_ELSEWHERE -> " (other nodes hold what is left: try again in a second)";
      case LEDGER_UNREACHABLE ->
          " (this node has spent its share, and the database that all nodes"
              + " share does not answer: try again in a second)";
      case SPENT ->
          stop.spent().compareTo(stop.limit()) < 0
              ? " (lower max_tokens, shorten the prompt, or wait for the next month, UTC)"
              : " (wait for the next month, UTC)";
    };
  }
}
