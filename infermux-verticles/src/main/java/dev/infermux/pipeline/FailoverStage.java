package dev.infermux.pipeline;

import dev.infermux.bus.BusFailure;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.ProviderAnswer;
import dev.infermux.pipeline.selection.Choice;
import dev.infermux.pipeline.selection.Selection;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.RetryDecision;
import dev.infermux.policy.routing.RetryPolicy;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.ProviderStates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes attempts until one has an answer, as {@link RetryPolicy} says after each failure. It is
 * over once an answer has begun: from there the caller has seen content, and nothing can be
 * repaired unseen.
 */
public final class FailoverStage implements Stage {

  private final Selection selection;
  private final RetryPolicy policy;
  private final ProviderStates states;
  private final Backoff backoff;
  private final int mostProviders;
  private final Stage next;

  public FailoverStage(
      Vertx vertx, Selection selection, ProviderStates states, RoutingOptions routing, Stage next) {
    this.selection = selection;
    this.policy = new RetryPolicy(routing.retry(), routing.failover());
    this.states = states;
    this.backoff = new Backoff(vertx);
    this.mostProviders = routing.failover().mostProviders();
    this.next = next;
  }

  @Override
  public Future<ProviderAnswer> run(CallContext context) {
    if (next(context) == null) {
      throw new IllegalStateException("a first choice names a provider or says why not");
    }
    return new Tries(context).attempt();
  }

  private @Nullable Candidate next(CallContext context) {
    Choice choice = selection.next(context.asked(), context.tried());
    if (choice == null) {
      return null;
    }
    context.chosen(choice.candidate(), choice.strategy(), choice.group());
    return choice.candidate();
  }

  /** The attempts of one call. */
  private final class Tries {
    private final CallContext context;
    private int providers = 1;
    private int retries;

    Tries(CallContext context) {
      this.context = context;
    }

    Future<ProviderAnswer> attempt() {
      return next.run(context).recover(this::failed);
    }

    private Future<ProviderAnswer> failed(Throwable cause) {
      Failure failure = BusFailure.failureOf(cause);
      if (context.cancellation().isCancelled()) {
        // The attempt may have failed for a reason of its own just before the caller left.
        return Future.failedFuture(failure instanceof Failure.Cancelled ? cause : Backoff.left());
      } else if (failure instanceof Failure.NotAdmitted) {
        // Nothing was sent, so that another choice is no second attempt.
        providers--;
        return elsewhere(cause);
      }
      double jitter = ThreadLocalRandom.current().nextDouble();
      RetryDecision decision = policy.after(failure.kind(), failure.retryAfter(), retries, jitter);
      if (decision instanceof RetryDecision.Retry retry) {
        return admitted() && inTime(retry.pause()) ? again(retry.pause()) : orElsewhere(cause);
      }
      return decision instanceof RetryDecision.Next ? elsewhere(cause) : surfaced(cause);
    }

    private Future<ProviderAnswer> again(Duration pause) {
      retries++;
      return backoff.await(pause, context.cancellation()).compose(over -> attempt());
    }

    /** Where a retry can not be made. */
    private Future<ProviderAnswer> orElsewhere(Throwable cause) {
      return policy.failsOver() ? elsewhere(cause) : surfaced(cause);
    }

    private Future<ProviderAnswer> elsewhere(Throwable cause) {
      if (providers >= mostProviders || next(context) == null) {
        return surfaced(cause);
      }
      providers++;
      retries = 0;
      return attempt();
    }

    /** A provider whose circuit has just opened is not asked again. */
    private boolean admitted() {
      return states
          .of(context.candidate().provider())
          .map(ProviderState::circuit)
          .map(circuit -> circuit.exclusion() == null)
          .orElse(false);
    }

    private boolean inTime(Duration pause) {
      return context.call().deadlineNanos() - System.nanoTime() > pause.toNanos();
    }

    private Future<ProviderAnswer> surfaced(Throwable cause) {
      Failure failure = BusFailure.failureOf(cause);
      Failure told = FailoverExhausted.told(failure, context.attempts().ended());
      return Future.failedFuture(told == failure ? cause : new InferenceException(told));
    }
  }
}
