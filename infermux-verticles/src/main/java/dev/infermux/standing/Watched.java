package dev.infermux.standing;

import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Usage;
import dev.infermux.inference.answer.ProviderAnswer;
import dev.infermux.inference.answer.StreamSummary;
import dev.infermux.inference.bus.BusFailure;
import dev.infermux.inference.call.Attempt;
import dev.infermux.policy.ceiling.Reservation;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.standing.circuit.Permit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One attempt that was let through, until its end is known. */
final class Watched {

  private final Standing standing;
  private final CircuitOptions options;
  private final Attempt attempt;
  private final Permit permit;
  private final Reservation room;
  private final long startedNanos = System.nanoTime();

  Watched(
      Standing standing, CircuitOptions options, Attempt attempt, Permit permit, Reservation room) {
    this.standing = standing;
    this.options = options;
    this.attempt = attempt;
    this.permit = permit;
    this.room = room;
    standing.entered();
  }

  void answered(@Nullable ProviderAnswer answer, @Nullable Throwable cause) {
    if (cause != null) {
      Failure failure = BusFailure.failureOf(cause);
      failed(failure);
      // What failed before its answer took no tokens that anyone reports.
      room.settle(0);
      standing.left();
      return;
    }
    long latencyNanos = System.nanoTime() - startedNanos;
    standing.latency().record(latencyNanos);
    if (answer instanceof ProviderAnswer.Streamed streamed) {
      permit.begun(latencyNanos);
      streamed.stream().summary().onSuccess(summary -> streamEnded(summary, latencyNanos));
    } else if (answer instanceof ProviderAnswer.Whole whole) {
      permit.succeeded(latencyNanos);
      room.settle(tokens(whole.usage(), whole.contentChars()));
      standing.left();
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
    standing.left();
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
      standing.ceiling().closeFor(wait);
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
