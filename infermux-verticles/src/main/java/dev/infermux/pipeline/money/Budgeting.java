package dev.infermux.pipeline.money;

import dev.infermux.budget.Booking;
import dev.infermux.budget.Reserved;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.answer.ProviderAnswer;
import dev.infermux.inference.call.Call;
import dev.infermux.inference.call.RequestBody;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.pipeline.stage.Passage;
import dev.infermux.pipeline.stage.Stage;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.Hold;
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
public final class Budgeting implements Stage {

  private final Vertx vertx;
  private final BudgetBus bus;
  private final Worth worth;
  private final Stage next;

  public Budgeting(Vertx vertx, BudgetBus bus, Worth worth, Stage next) {
    this.vertx = vertx;
    this.bus = bus;
    this.worth = worth;
    this.next = next;
  }

  @Override
  public Future<ProviderAnswer> run(Passage passage) {
    if (!worth.reserves(passage.call())) {
      return booked(passage, null, next.run(passage));
    }
    return bus.reserve(worth.request(passage.call()))
        .compose(reserved -> decided(passage, reserved));
  }

  private Future<ProviderAnswer> decided(Passage passage, Reserved reserved) {
    BudgetVerdict verdict = reserved.verdict();
    Hold hold = verdict.hold();
    if (hold == null) {
      return Future.failedFuture(worth.refused(passage.call(), (BudgetVerdict.Stop) verdict));
    }
    passage.holds(hold);
    Future<ProviderAnswer> answer;
    try {
      put(passage, verdict);
      answer =
          passage.cancellation().isCancelled() ? Future.failedFuture(left()) : next.run(passage);
    } catch (RuntimeException failed) {
      answer = Future.failedFuture(failed);
    }
    return booked(passage, hold, answer).compose(begun -> recorded(reserved, begun));
  }

  /** Changes the request as the verdict says. */
  private static void put(Passage passage, BudgetVerdict verdict) {
    Call call = passage.call();
    RequestBody body = call.body();
    if (verdict instanceof BudgetVerdict.Downgrade cheaper) {
      body = body.withModel(call.operation(), cheaper.model());
      passage.overrides(cheaper.model());
    }
    Long most = verdict.shortened();
    if (most != null) {
      body = body.withMaxTokens(call.operation(), most);
      passage.lowers(most);
    }
    if (body != call.body()) {
      passage.asks(body);
    }
  }

  /** Sees to it that the call's end is booked, once. */
  private Future<ProviderAnswer> booked(
      Passage passage, @Nullable Hold hold, Future<ProviderAnswer> answer) {
    return answer.onComplete(
        (begun, failed) -> {
          if (begun instanceof ProviderAnswer.Streamed streamed) {
            shrink(passage, hold);
            streamed.stream().summary().onComplete(ended -> end(passage, hold));
          } else {
            end(passage, hold);
          }
        });
  }

  /**
   * A stream that has begun stays with its provider, which may be a cheaper one, and may say while
   * it goes on how much the prompt really was.
   */
  private void shrink(Passage passage, @Nullable Hold hold) {
    if (hold != null && !worth.mayMove()) {
      Runnable shrink = () -> bus.book(new Booking.Shrunk(hold, worth.most(passage)));
      shrink.run();
      passage.attempts().whenPromptCounted(shrink);
    }
  }

  private void end(Passage passage, @Nullable Hold hold) {
    List<CostEntry> charged = Bill.unbooked(passage);
    if (hold != null) {
      bus.book(new Booking.Ended(hold, charged));
    } else if (!charged.isEmpty()) {
      bus.book(new Booking.Spent(passage.call().attribution().caller(), charged));
    }
  }

  /** Nothing of an answer is handed out before its hold would survive the end of this process. */
  private Future<ProviderAnswer> recorded(Reserved reserved, ProviderAnswer answer) {
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
