package dev.infermux.pipeline;

import dev.infermux.inference.Answer;
import dev.infermux.inference.AttemptResult.Refused;
import dev.infermux.inference.AttemptResult.Sent;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.pipeline.selection.Choice;
import dev.infermux.pipeline.selection.Selection;
import dev.infermux.policy.routing.RetryDecision;
import dev.infermux.policy.routing.RetryPolicy;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.Registry;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes attempts until one has an answer, as {@link RetryPolicy} decides after each failure. It is
 * over once an answer has begun: from there on the caller has seen content.
 */
final class FailoverStage implements Stage {

  private final Selection selection;
  private final RetryPolicy policy;
  private final Registry registry;
  private final Backoff backoff;
  private final int mostProviders;
  private final AttemptRunner attempts;

  FailoverStage(
      Backoff backoff,
      Selection selection,
      Registry registry,
      RoutingOptions routing,
      AttemptRunner attempts) {
    this.selection = selection;
    this.policy = new RetryPolicy(routing.retry(), routing.failover());
    this.registry = registry;
    this.backoff = backoff;
    this.mostProviders = routing.failover().mostProviders();
    this.attempts = attempts;
  }

  @Override
  public Future<Answer> run(CallContext context) {
    Choice first = preferred(context);
    if (first == null) {
      first = selection.next(context.asked(), context.tried());
    }
    if (first == null) {
      throw new IllegalStateException("a first choice names a provider or says why not");
    }
    return new Tries(context, first).attempt();
  }

  /** The provider that the request is bound to, where it may be asked now. */
  private @Nullable Choice preferred(CallContext context) {
    String provider = context.preferred();
    return provider == null
        ? null
        : selection.nextIfAny(context.asked().pinnedTo(provider), context.tried());
  }

  /** The attempts of one call. */
  private final class Tries {

    private final CallContext context;
    private Choice choice;

    /** Providers that an attempt was sent to; a refused attempt was not. */
    private int providers;

    private int retries;

    Tries(CallContext context, Choice first) {
      this.context = context;
      this.choice = first;
    }

    Future<Answer> attempt() {
      return attempts
          .run(context, context.attempt(choice))
          .transform(
              (result, cause) -> {
                if (result instanceof Sent sent) {
                  return Future.succeededFuture(sent.answer());
                }
                return result instanceof Refused refused ? refused(refused) : failed(cause);
              });
    }

    private Future<Answer> refused(Refused refused) {
      Throwable cause = new InferenceException(refused.failure());
      return context.cancellation().isCancelled()
          ? Future.failedFuture(Backoff.left())
          : elsewhere(cause);
    }

    private Future<Answer> failed(Throwable cause) {
      if (retries == 0) {
        providers++;
      }
      Failure failure = InferenceException.failureOf(cause);
      if (context.cancellation().isCancelled()) {
        // The attempt may have failed for a reason of its own just before the caller left.
        return Future.failedFuture(failure instanceof Failure.Cancelled ? cause : Backoff.left());
      }
      double jitter = backoff.jitter();
      RetryDecision decision = policy.after(failure.kind(), failure.retryAfter(), retries, jitter);
      if (decision instanceof RetryDecision.Retry retry) {
        return admitted() && inTime(retry.pause()) ? again(retry.pause()) : orElsewhere(cause);
      }
      return decision instanceof RetryDecision.Next ? elsewhere(cause) : surfaced(cause);
    }

    private Future<Answer> again(Duration pause) {
      retries++;
      return backoff.await(pause, context.cancellation()).compose(over -> attempt());
    }

    /** Where a retry cannot be made. */
    private Future<Answer> orElsewhere(Throwable cause) {
      return policy.failsOver() ? elsewhere(cause) : surfaced(cause);
    }

    private Future<Answer> elsewhere(Throwable cause) {
      if (providers >= mostProviders) {
        return surfaced(cause);
      }
      Choice other = selection.next(context.asked(), context.tried());
      if (other == null) {
        return surfaced(cause);
      }
      choice = other;
      retries = 0;
      return attempt();
    }

    /** A provider whose circuit breaker has just opened is not asked again. */
    private boolean admitted() {
      return registry
          .snapshot()
          .state(choice.candidate().provider())
          .map(ProviderState::circuit)
          .map(circuit -> circuit.exclusion() == null)
          .orElse(false);
    }

    private boolean inTime(Duration pause) {
      return backoff.fits(pause, context.call().deadlineNanos());
    }

    private Future<Answer> surfaced(Throwable cause) {
      Failure failure = InferenceException.failureOf(cause);
      Failure told = FailoverExhausted.told(failure, context.attempts().records());
      return Future.failedFuture(told == failure ? cause : new InferenceException(told));
    }
  }
}
