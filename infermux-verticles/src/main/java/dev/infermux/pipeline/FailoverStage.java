package dev.infermux.pipeline;

import dev.infermux.inference.Answer;
import dev.infermux.inference.AttemptResult.Refused;
import dev.infermux.inference.AttemptResult.Sent;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.pipeline.selection.Choice;
import dev.infermux.pipeline.selection.Selection;
import dev.infermux.policy.routing.RetryDecision;
import dev.infermux.policy.routing.RetryPolicy;
import dev.infermux.policy.routing.RoutingOptions;
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
      first = selection.first(context.asked(), context.leftOut());
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

    /** How many may be asked; fewer once one has said that the request is too large. */
    private int most = mostProviders;

    private int retries;

    /** The first failure that was about the call. */
    private @Nullable Throwable aboutCall;

    /** The last attempt's failure; one that was not sent has none of its own. */
    private @Nullable Throwable last;

    Tries(CallContext context, Choice first) {
      this.context = context;
      this.choice = first;
    }

    Future<Answer> attempt() {
      AttemptContext attempt = othersLeft(context.attempt(choice));
      return attempts
          .guarded(context, attempt)
          .transform(
              (result, cause) -> {
                if (result instanceof Sent sent) {
                  return Future.succeededFuture(sent.answer());
                }
                context.attempts().broken(attempt);
                return result instanceof Refused refused ? refused(refused) : failed(cause);
              });
    }

    /** A stream's first content is waited for longer where nobody else can be asked. */
    private AttemptContext othersLeft(AttemptContext attempt) {
      boolean others =
          context.asked().stream()
              && policy.failsOver()
              && providers + (retries == 0 ? 1 : 0) < most
              && selection.hasNext(context.asked(), context.tried());
      return others ? attempt.notLast() : attempt;
    }

    private Future<Answer> refused(Refused refused) {
      return context.cancellation().isCancelled()
          ? Future.failedFuture(Backoff.left())
          : elsewhere(notSent(new InferenceException(refused.failure())));
    }

    /** What was tried and failed says more than what could not be tried. */
    private Throwable notSent(Throwable cause) {
      return last == null ? cause : last;
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
      if (failure.kind() == FailureClass.UNTRANSLATABLE) {
        return orElsewhere(notSent(cause));
      }
      last = cause;
      if (failure.kind().aboutCall() && aboutCall == null) {
        aboutCall = cause;
      }
      return decided(policy.after(failure, retries, backoff.jitter()), cause);
    }

    private Future<Answer> decided(RetryDecision decision, Throwable cause) {
      if (decision instanceof RetryDecision.Retry retry) {
        return possible(retry.pause()) ? again(retry.pause()) : orElsewhere(cause);
      } else if (decision instanceof RetryDecision.NextElseRetry next) {
        Future<Answer> elsewhere = elsewhere();
        return elsewhere != null
            ? elsewhere
            : possible(next.pause()) ? again(next.pause()) : surfaced(cause);
      } else if (decision instanceof RetryDecision.Next next) {
        most = next.last() ? Math.min(most, providers + 1) : most;
        return elsewhere(cause);
      }
      return surfaced(cause);
    }

    private boolean possible(Duration pause) {
      return admitted() && inTime(pause);
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
      Future<Answer> elsewhere = elsewhere();
      return elsewhere == null ? surfaced(cause) : elsewhere;
    }

    /** The same call at another provider; null where there is none. */
    private @Nullable Future<Answer> elsewhere() {
      Choice other = providers >= most ? null : selection.next(context.asked(), context.tried());
      if (other == null) {
        return null;
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
          .map(state -> state.circuits().exclusion(choice.candidate().model()) == null)
          .orElse(false);
    }

    private boolean inTime(Duration pause) {
      return backoff.fits(pause, context.call().deadlineNanos());
    }

    /** What the caller is told: its own fault, else what was about the call, else the last. */
    private Future<Answer> surfaced(Throwable cause) {
      Failure failure = InferenceException.failureOf(cause);
      if (aboutCall != null && failure.kind() != FailureClass.CALLER_FAULT) {
        return Future.failedFuture(aboutCall);
      }
      Failure told = FailoverExhausted.told(failure, context.attempts().records());
      return Future.failedFuture(told == failure ? cause : new InferenceException(told));
    }
  }
}
