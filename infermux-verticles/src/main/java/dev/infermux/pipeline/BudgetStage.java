package dev.infermux.pipeline;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.RequestBody;
import dev.infermux.ledger.Durability;
import dev.infermux.ledger.Reservations;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.vertx.Contexts;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a call through only when its caller's budget can bear the most it may cost, and settles what
 * it did cost, however it ends.
 *
 * <p>Callers without a budget do not wait: what they spend is only recorded.
 */
final class BudgetStage implements Stage {

  private static final Logger LOG = LoggerFactory.getLogger(BudgetStage.class);

  private final Vertx vertx;
  private final Reservations reservations;
  private final Durability durability;
  private final CostBound bound;
  private final Stage next;

  BudgetStage(
      Vertx vertx, Reservations reservations, Durability durability, CostBound bound, Stage next) {
    this.vertx = vertx;
    this.reservations = reservations;
    this.durability = durability;
    this.bound = bound;
    this.next = next;
  }

  @Override
  public Future<Answer> run(CallContext context) {
    if (!bound.reserves(context.call())) {
      return settled(context, null, next.guarded(context));
    }
    Set<String> unpriced = bound.unpriced(context.call());
    InferenceException unbounded = bound.unbounded(context.call(), unpriced);
    if (unbounded != null) {
      return Future.failedFuture(unbounded);
    }
    return reservations
        .reserve(bound.request(context.call()))
        .compose(verdict -> decided(context, verdict, unpriced));
  }

  private Future<Answer> decided(CallContext context, BudgetVerdict verdict, Set<String> unpriced) {
    Reservation reservation = verdict.reservation();
    if (reservation == null) {
      return Future.failedFuture(bound.refused(context.call(), (BudgetVerdict.Stop) verdict));
    }
    context.reserve(reservation);
    Future<Answer> answer;
    try {
      put(context, verdict);
      boolean other = !context.asked().model().equals(context.call().model());
      context.leaveOut(other ? bound.unpriced(context.asked()) : unpriced);
      answer =
          context.cancellation().isCancelled() ? Future.failedFuture(left()) : next.run(context);
    } catch (Throwable failed) {
      answer = Future.failedFuture(failed);
    }
    return settled(context, reservation, answer)
        .compose(begun -> Stage.kept(begun, () -> durable(reservation, begun)));
  }

  /** Changes the request as the verdict says. */
  private void put(CallContext context, BudgetVerdict verdict) {
    Call call = context.call();
    RequestBody body = call.body();
    String override = "";
    if (verdict instanceof BudgetVerdict.Downgrade cheaper) {
      override = cheaper.model();
      body = body.withModel(override);
    }
    Long most = verdict.shortened();
    if (most != null) {
      body = body.withMaxTokens(most);
      if (call.body().facts().maxTokens() < 0) {
        context.onLift(() -> lift(context));
      }
    }
    if (body != call.body()) {
      context.ask(body, override, most == null ? 0 : most);
    }
  }

  /** A provider refuses the maximum: the largest completion is reserved, or the maximum stays. */
  private Future<Boolean> lift(CallContext context) {
    Reservation reservation = context.reservation();
    return reservation == null || !bound.boundsUnlimited(context)
        ? Future.succeededFuture(false)
        : reservations.extend(reservation, CostEntries.takeUnsettled(context), bound.most(context));
  }

  /** Settles the call once, when it has failed or its answer has ended. */
  private Future<Answer> settled(
      CallContext context, @Nullable Reservation reservation, Future<Answer> answer) {
    return answer.transform(
        (begun, failed) -> {
          if (begun == null) {
            settle(context, reservation);
            return Future.failedFuture(failed);
          }
          Answer settling =
              begun.onEnd(
                  end -> {
                    settle(context, reservation);
                    return end;
                  });
          if (begun.streams()) {
            return Future.succeededFuture(
                Stage.changed(settling, first -> reduced(context, reservation, first)));
          }
          return Future.succeededFuture(settling);
        });
  }

  /**
   * A stream that has begun stays with its provider, which may be a cheaper one, and may say while
   * it goes on how large the prompt really was.
   */
  private Answer reduced(CallContext context, @Nullable Reservation reservation, Answer begun) {
    if (reservation != null && !bound.mayMove()) {
      Runnable reduce = () -> reservations.reduce(reservation, bound.most(context));
      reduce.run();
      context.attempts().onPromptCounted(reduce);
    }
    return begun;
  }

  /** An attempt that outlives the answer is paid for too: its end is awaited. */
  private void settle(CallContext context, @Nullable Reservation reservation) {
    context
        .attempts()
        .whenIdle(
            () -> {
              try {
                book(context, reservation);
              } catch (Throwable bug) {
                LOG.error("the ledger has thrown at the end of a call", bug);
              }
            });
  }

  private void book(CallContext context, @Nullable Reservation reservation) {
    List<CostEntry> costs = CostEntries.takeUnsettled(context);
    if (reservation == null) {
      record(context.call().attribution().caller(), costs);
    } else if (costs.isEmpty()) {
      reservations.release(reservation);
    } else {
      reservations.settle(reservation, costs);
    }
  }

  private void record(String caller, List<CostEntry> costs) {
    if (!costs.isEmpty()) {
      reservations.record(caller, costs);
    }
  }

  /** Hands out nothing of an answer before its reservation survives the end of this process. */
  private Future<Answer> durable(Reservation reservation, Answer answer) {
    Future<Void> durable = durability.durable(reservation);
    if (durable.isComplete()) {
      return Future.succeededFuture(answer);
    }
    Promise<Answer> here = Contexts.promise(vertx);
    durable.onComplete(done -> here.complete(answer));
    return here.future();
  }

  private static InferenceException left() {
    return new InferenceException(
        new Failure.Cancelled("the caller left while its budget was asked"));
  }
}
