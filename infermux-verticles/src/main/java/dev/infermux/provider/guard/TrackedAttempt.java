package dev.infermux.provider.guard;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.NoRoom;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.circuit.Permit;
import dev.infermux.policy.ratelimit.Cooldowns;
import dev.infermux.policy.ratelimit.RateLimitReservation;
import dev.infermux.time.Ticker;
import io.vertx.core.Future;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One admitted attempt, until its end is known. */
final class TrackedAttempt {

  private static final Logger LOG = LoggerFactory.getLogger(TrackedAttempt.class);

  private final ProviderState state;
  private final CircuitOptions options;
  private final Ticker ticker;
  private final InstantSource clock;
  private final Attempt attempt;
  private final boolean ownKey;
  private final Permit permit;
  private final RateLimitReservation reserved;
  private final long startedNanos;

  TrackedAttempt(GuardTerms terms, Attempt attempt, Permit permit, RateLimitReservation reserved) {
    this.state = terms.state();
    this.options = terms.options();
    this.ticker = terms.time().ticker();
    this.clock = terms.time().clock();
    this.ownKey = terms.ownKey(attempt);
    this.startedNanos = ticker.nanos();
    this.attempt = attempt;
    this.permit = permit;
    this.reserved = reserved;
    state.entered();
    state.latency().started();
  }

  /** Takes the answer as it begins, or why there is none. */
  Future<Answer> begun(@Nullable Answer answer, @Nullable Throwable cause) {
    if (answer == null) {
      failed(cause);
      return Future.failedFuture(cause);
    }
    InferenceException unheld = answer.streams() ? null : unheld(answer);
    if (unheld != null) {
      return dropped(answer, unheld);
    }
    if (!state.health().healthy()) {
      state.health().answered(clock.instant());
    }
    long latencyNanos = ticker.nanos() - startedNanos;
    state.latency().answered(latencyNanos);
    if (answer.streams()) {
      permit.begun(latencyNanos);
    }
    return Future.succeededFuture(answer.onEnd(end -> ended(end, latencyNanos)));
  }

  /** Why there is no room for a whole answer; null = there is. */
  private @Nullable InferenceException unheld(Answer answer) {
    try {
      return attempt.call().answerBytes().holdsAll(answer)
          ? null
          : new InferenceException(NoRoom.of("answer"));
    } catch (Throwable bug) {
      LOG.error("an answer of {} could not be measured", state.provider(), bug);
      return new InferenceException(InferenceException.failureOf(bug));
    }
  }

  /** A whole answer that is not handed on was paid for like one that broke. */
  private Future<Answer> dropped(Answer answer, InferenceException why) {
    answer.end().onSuccess(end -> attempt.progress().charged(end.usage(), end.contentChars()));
    failed(why);
    return Future.failedFuture(why);
  }

  /** An attempt that failed before its answer took no tokens that anyone reports. */
  private void failed(@Nullable Throwable cause) {
    Failure failure =
        InferenceException.failureOf(
            cause == null ? new IllegalStateException("no answer") : cause);
    try {
      if (measures(failure)) {
        state.latency().failed(ticker.nanos() - startedNanos);
      } else {
        state.latency().ignored();
      }
      failed(failure);
    } finally {
      leave(0);
    }
  }

  private void leave(long tokens) {
    try {
      reserved.settle(tokens);
    } finally {
      state.left();
    }
  }

  private End ended(End end, long latencyNanos) {
    try {
      Failure failure = end.failure();
      if (failure == null) {
        permit.succeeded(latencyNanos);
        if (!ownKey) {
          state.rateLimiter().cooldowns().answered(attempt.model(), startedNanos);
        }
      } else {
        if (measures(failure)) {
          state.latency().broke(ticker.nanos() - startedNanos);
        }
        failed(failure);
      }
    } finally {
      leave(TokenEstimate.taken(attempt.call(), end));
    }
    return end;
  }

  private void failed(Failure failure) {
    if (!ownKey) {
      cool(failure);
    }
    if (blamesProvider(failure)) {
      permit.failed();
    } else {
      permit.ignored();
    }
  }

  /** Whether how long it took says something of the provider. */
  private static boolean measures(Failure failure) {
    return switch (failure.kind()) {
      case UNTRANSLATABLE, CALLER_FAULT, CANCELLED -> false;
      default -> true;
    };
  }

  /** Remembers what is no failure of the provider's, but holds for others with the same key. */
  private void cool(Failure failure) {
    Cooldowns cooldowns = state.rateLimiter().cooldowns();
    switch (failure.kind()) {
      case RATE_LIMITED -> cooldowns.limited(attempt.model(), failure.retryAfter());
      case QUOTA -> cooldowns.spent();
      case NOT_FOUND -> cooldowns.unknown(attempt.model());
      default -> {}
    }
  }

  private boolean blamesProvider(Failure failure) {
    return switch (failure.kind()) {
      case CONNECTION, SERVER_ERROR, MALFORMED, SILENCE, UNAUTHORIZED, CUT -> true;
      case RATE_LIMITED -> options.treatRateLimitAsError() && !ownKey;
      case QUOTA,
          NOT_FOUND,
          TOO_LARGE,
          TRANSIENT,
          CONTEXT_LENGTH,
          UNTRANSLATABLE,
          LOCAL_SHORTAGE,
          CALLER_FAULT,
          CANCELLED ->
          false;
    };
  }
}
