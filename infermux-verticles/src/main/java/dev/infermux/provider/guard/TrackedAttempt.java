package dev.infermux.provider.guard;

import dev.infermux.bus.BusFailure;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.ProviderAnswer;
import dev.infermux.inference.StreamSummary;
import dev.infermux.inference.Usage;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.circuit.Permit;
import dev.infermux.policy.ratelimit.RateLimitReservation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One attempt that was let through, until its end is known. */
final class TrackedAttempt {

  private final ProviderState state;
  private final CircuitOptions options;
  private final Attempt attempt;
  private final Permit permit;
  private final RateLimitReservation room;
  private final long startedNanos = System.nanoTime();

  TrackedAttempt(
      ProviderState state,
      CircuitOptions options,
      Attempt attempt,
      Permit permit,
      RateLimitReservation room) {
    this.state = state;
    this.options = options;
    this.attempt = attempt;
    this.permit = permit;
    this.room = room;
    state.entered();
  }

  void answered(@Nullable ProviderAnswer answer, @Nullable Throwable cause) {
    if (cause != null) {
      Failure failure = BusFailure.failureOf(cause);
      failed(failure);
      // What failed before its answer took no tokens that anyone reports.
      room.settle(0);
      state.left();
      return;
    }
    long latencyNanos = System.nanoTime() - startedNanos;
    state.latency().record(latencyNanos);
    if (answer instanceof ProviderAnswer.Streamed streamed) {
      permit.begun(latencyNanos);
      streamed.stream().summary().onSuccess(summary -> streamEnded(summary, latencyNanos));
    } else if (answer instanceof ProviderAnswer.Whole whole) {
      permit.succeeded(latencyNanos);
      room.settle(tokens(whole.usage(), whole.contentChars()));
      state.left();
    }
  }

  private void streamEnded(StreamSummary summary, long latencyNanos) {
    Failure failure = summary.failure();
    if (failure == null) {
      permit.succeeded(latencyNanos);
    } else {
      failed(failure);
    }
    room.settle(tokens(summary.usage(), summary.contentChars()));
    state.left();
  }

  private long tokens(@Nullable Usage reported, long contentChars) {
    Usage usage =
        reported == null
            ? Usage.estimated(attempt.call().body().facts().textLength(), contentChars)
            : reported;
    return usage.promptTokens() + usage.completionTokens();
  }

  private void failed(Failure failure) {
    Duration wait = failure.retryAfter();
    if (failure.kind() == FailureClass.RATE_LIMITED && wait != null) {
      state.rateLimiter().closeFor(wait);
    }
    if (blamesProvider(failure)) {
      permit.failed();
    } else {
      permit.ignored();
    }
  }

  private boolean blamesProvider(Failure failure) {
    return switch (failure.kind()) {
      case CONNECTION, SERVER_ERROR, MALFORMED, SILENCE, UNAUTHORIZED, CUT -> true;
      case RATE_LIMITED -> options.treatRateLimitAsError();
      case CONTEXT_LENGTH, CALLER_FAULT, CANCELLED -> false;
    };
  }
}
