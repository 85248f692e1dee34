package dev.infermux.provider.guard;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.Exclusion;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.ProviderAnswer;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.circuit.Permit;
import dev.infermux.policy.ratelimit.RateLimitReservation;
import dev.infermux.provider.HealthCheck;
import dev.infermux.provider.Provider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Lets an attempt through to its provider only with leave of the circuit and room under the
 * ceiling, and tells both, and the latency, what came of it. A refused attempt fails with {@link
 * Failure.NotAdmitted} and has sent nothing.
 */
public final class GuardedProvider implements Provider {

  private final Vertx vertx;
  private final Provider exit;
  private final ProviderState state;
  private final CircuitOptions options;

  public GuardedProvider(Vertx vertx, Provider exit, ProviderState state, CircuitOptions options) {
    this.vertx = vertx;
    this.exit = exit;
    this.state = state;
    this.options = options;
  }

  @Override
  public Future<ProviderAnswer> call(Attempt attempt) {
    Permit permit = state.circuit().enter();
    if (permit == null) {
      Exclusion why = state.circuit().exclusion();
      return refused(why == null ? Exclusion.PROBE_RUNNING : why, Duration.ZERO);
    }
    long tokens = TokenEstimate.of(attempt.call());
    RateLimitReservation room = state.rateLimiter().reserve(tokens);
    if (room == null) {
      permit.ignored();
      return refused(Exclusion.RATE_LIMIT, state.rateLimiter().untilRoom(tokens));
    }
    TrackedAttempt tracked = new TrackedAttempt(state, options, attempt, permit, room);
    if (!permit.probe()) {
      return made(attempt).andThen(tracked::answered);
    }
    ProbeLimit limit = ProbeLimit.start(vertx, attempt, state.provider(), options.probeTimeout());
    return made(limit.attempt())
        .recover(limit::failed)
        .andThen(
            (answer, cause) -> {
              limit.stop();
              tracked.answered(answer, cause);
            });
  }

  /** A check is nobody's call: it counts nowhere. */
  @Override
  public Future<Void> check(HealthCheck check) {
    return exit.check(check);
  }

  @Override
  public Future<Void> close() {
    return exit.close();
  }

  /** An exit that throws has failed like any other: its permit and its room must come back. */
  private Future<ProviderAnswer> made(Attempt attempt) {
    try {
      return exit.call(attempt);
    } catch (RuntimeException bug) {
      return Future.failedFuture(bug);
    }
  }

  private Future<ProviderAnswer> refused(Exclusion why, Duration wait) {
    return Future.failedFuture(
        new InferenceException(
            new Failure.NotAdmitted(state.provider(), why, wait.isZero() ? null : wait)));
  }
}
