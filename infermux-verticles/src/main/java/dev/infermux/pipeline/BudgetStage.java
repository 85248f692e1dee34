package dev.infermux.pipeline;

import dev.infermux.budget.BudgetClient;
import dev.infermux.budget.BudgetReserved;
import dev.infermux.budget.LedgerUpdate;
import dev.infermux.inference.Call;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.ProviderAnswer;
import dev.infermux.inference.RequestBody;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.Reservation;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets a call through only when its caller's budget can bear the most it may cost, and books what
 * it did cost, whatever way it ends.
 *
 * <p>Callers without a budget are not made to wait: what they spend is only written down.
 */
public final class BudgetStage implements Stage {

  private final Vertx vertx;
  private final BudgetClient budget;
  private final CostBound bound;
  private final Stage next;

  public BudgetStage(Vertx vertx, BudgetClient budget, CostBound bound, Stage next) {
    this.vertx = vertx;
    this.budget = budget;
    this.bound = bound;
    this.next = next;
  }

  @Override
  public Future<ProviderAnswer> run(CallContext context) {
    if (!bound.reserves(context.call())) {
      return booked(context, null, next.run(context));
    }
    return budget
        .reserve(bound.request(context.call()))
        .compose(reserved -> decided(context, reserved));
  }

  private Future<ProviderAnswer> decided(CallContext context, BudgetReserved reserved) {
    BudgetVerdict verdict = reserved.verdict();
    Reservation reservation = verdict.reservation();
    if (reservation == null) {
      return Future.failedFuture(bound.refused(context.call(), (BudgetVerdict.Stop) verdict));
    }
    context.holds(reservation);
    Future<ProviderAnswer> answer;
    try {
      put(context, verdict);
      answer =
          context.cancellation().isCancelled() ? Future.failedFuture(left()) : next.run(context);
    } catch (RuntimeException failed) {
      answer = Future.failedFuture(failed);
    }
    return booked(context, reservation, answer).compose(begun -> recorded(reserved, begun));
  }

  /** Changes the request as the verdict says. */
  private static void put(CallContext context, BudgetVerdict verdict) {
    Call call = context.call();
    RequestBody body = call.body();
    if (verdict instanceof BudgetVerdict.Downgrade cheaper) {
      body = body.withModel(call.operation(), cheaper.model());
      context.overrides(cheaper.model());
    }
    Long most = verdict.shortened();
    if (most != null) {
      body = body.withMaxTokens(call.operation(), most);
      context.lowers(most);
    }
    if (body != call.body()) {
      context.asks(body);
    }
  }

  /** Sees to it that the call's end is booked, once. */
  private Future<ProviderAnswer> booked(
      CallContext context, @Nullable Reservation reservation, Future<ProviderAnswer> answer) {
    return answer.onComplete(
        (begun, failed) -> {
          if (begun instanceof ProviderAnswer.Streamed streamed) {
            shrink(context, reservation);
            streamed.stream().summary().onComplete(ended -> end(context, reservation));
          } else {
            end(context, reservation);
          }
        });
  }

  /**
   * A stream that has begun stays with its provider, which may be a cheaper one, and may say while
   * it goes on how much the prompt really was.
   */
  private void shrink(CallContext context, @Nullable Reservation reservation) {
    if (reservation != null && !bound.mayMove()) {
      Runnable shrink =
          () -> budget.book(new LedgerUpdate.Shrunk(reservation, bound.most(context)));
      shrink.run();
      context.attempts().whenPromptCounted(shrink);
    }
  }

  private void end(CallContext context, @Nullable Reservation reservation) {
    List<CostEntry> charged = CostEntries.unbooked(context);
    if (reservation != null) {
      budget.book(new LedgerUpdate.Ended(reservation, charged));
    } else if (!charged.isEmpty()) {
      budget.book(new LedgerUpdate.Spent(context.call().attribution().caller(), charged));
    }
  }

  /** Nothing of an answer is handed out before its hold would survive the end of this process. */
  private Future<ProviderAnswer> recorded(BudgetReserved reserved, ProviderAnswer answer) {
    Future<Void> recorded = reserved.recorded().get();
    if (recorded.isComplete()) {
      return Future.succeededFuture(answer);
    }
    Promise<ProviderAnswer> here = ((ContextInternal) vertx.getOrCreateContext()).promise();
    recorded.onComplete(done -> here.complete(answer));
    return here.future();
  }

  private static InferenceException left() {
    return new InferenceException(
        new Failure.Cancelled("the caller left while its budget was asked"));
  }
}
