package dev.infermux.operations;

import dev.infermux.budget.BudgetQueries;
import dev.infermux.budget.PreviewReservation.Previewed;
import dev.infermux.inbound.management.view.RouteExplanation.Budget;
import dev.infermux.inference.Call;
import dev.infermux.inference.Usd;
import dev.infermux.policy.budget.AccountView;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.budget.ReservationRequest;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks what a caller's budget would decide for a call, without a reservation. */
public final class BudgetPreview implements Function<Call, Future<Optional<Budget>>> {

  private final BudgetQueries ledger;
  private final Supplier<BudgetOptions> budgets;
  private final Function<Call, ReservationRequest> request;

  /**
   * @param request what a call asks of its budget
   */
  public BudgetPreview(
      BudgetQueries ledger,
      Supplier<BudgetOptions> budgets,
      Function<Call, ReservationRequest> request) {
    this.ledger = ledger;
    this.budgets = budgets;
    this.request = request;
  }

  /** Empty when the caller has no budget. */
  @Override
  public Future<Optional<Budget>> apply(Call call) {
    return budgets.get().byCaller().of(call.attribution().caller()) == null
        ? Future.succeededFuture(Optional.empty())
        : ledger.preview(request.apply(call)).map(previewed -> Optional.of(budget(previewed)));
  }

  private static Budget budget(Previewed previewed) {
    BudgetVerdict verdict = previewed.verdict();
    AccountView account = previewed.account();
    Usd limit = account.limit();
    return new Budget(
        word(verdict),
        verdict.shortened(),
        verdict instanceof BudgetVerdict.Downgrade cheaper ? cheaper.model() : null,
        amount(verdict.reservation()),
        limit == null ? Usd.ZERO : limit,
        account.spent(),
        account.pending());
  }

  private static String word(BudgetVerdict verdict) {
    if (verdict instanceof BudgetVerdict.Stop) {
      return "refuse";
    }
    if (verdict instanceof BudgetVerdict.Downgrade) {
      return "override";
    }
    return verdict instanceof BudgetVerdict.Lowered ? "lower" : "admit";
  }

  private static @Nullable Usd amount(@Nullable Reservation reservation) {
    return reservation == null ? null : reservation.amount();
  }
}
