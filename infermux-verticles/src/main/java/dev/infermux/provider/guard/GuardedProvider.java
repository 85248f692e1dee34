package dev.infermux.provider.guard;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.AttemptResult;
import dev.infermux.inference.AttemptResult.Refused;
import dev.infermux.inference.AttemptResult.Sent;
import dev.infermux.inference.Exclusion;
import dev.infermux.inference.Operation;
import dev.infermux.policy.circuit.CircuitBreaker;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.circuit.Permit;
import dev.infermux.policy.ratelimit.RateLimitReservation;
import dev.infermux.provider.AttemptHandler;
import dev.infermux.spi.HealthCheck;
import dev.infermux.spi.Provider;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * Admits an attempt through the circuit breaker and the rate limiter and reports its outcome to
 * them, and its latency. A refused attempt has sent nothing.
 */
public final class GuardedProvider implements AttemptHandler {

  private final Provider provider;
  private final ProviderState state;
  private final GuardTerms terms;

  /**
   * Takes what it guards.
   *
   * @param takesCallersKey whether a caller's own key is used where the caller has one
   */
  public GuardedProvider(
      Provider provider,
      ProviderState state,
      CircuitOptions options,
      Time time,
      boolean takesCallersKey) {
    this.provider = provider;
    this.state = state;
    this.terms = new GuardTerms(state, options, time, takesCallersKey);
  }

  @Override
  public Future<AttemptResult> attempt(Attempt attempt) {
    if (attempt.call().operation() == Operation.COUNT_TOKENS) {
      // It is free, has a limit of its own, or is not sent at all: it counts nowhere.
      return call(attempt).map(Sent::new);
    }
    String model = attempt.model();
    boolean ownKey = terms.ownKey(attempt);
    long tokens = TokenEstimate.of(attempt.call());
    Exclusion cooldown = ownKey ? null : state.rateLimiter().cooldowns().exclusion(model);
    if (cooldown != null && !cooldown.hint()) {
      return refused(cooldown, state.untilRoom(model, tokens, false));
    }
    CircuitBreaker circuit = state.circuits().of(model);
    Permit permit = circuit.enter();
    if (permit == null) {
      Exclusion why = circuit.exclusion();
      return refused(why == null ? Exclusion.PROBE_RUNNING : why, Duration.ZERO);
    }
    RateLimitReservation reserved = state.rateLimiter().reserve(tokens);
    if (reserved == null) {
      permit.ignored();
      return refused(Exclusion.RATE_LIMIT, state.untilRoom(model, tokens, ownKey));
    }
    return sent(attempt, permit, new TrackedAttempt(terms, attempt, permit, reserved))
        .map(Sent::new);
  }

  private Future<Answer> sent(Attempt attempt, Permit permit, TrackedAttempt tracked) {
    if (!permit.probe()) {
      return call(attempt).transform((answer, cause) -> tracked.begun(answer, cause));
    }
    ProbeLimit limit = ProbeLimit.start(terms, attempt);
    return call(limit.attempt())
        .recover(limit::failed)
        .transform(
            (answer, cause) -> {
              limit.stop();
              return tracked.begun(answer, cause);
            });
  }

  /** A health check is no call: it counts nowhere. */
  @Override
  public Future<Void> check(HealthCheck check) {
    return provider.check(check);
  }

  @Override
  public Future<Void> close() {
    return provider.close();
  }

  /** A provider that throws has failed like any other: permit and reservation must come back. */
  private Future<Answer> call(Attempt attempt) {
    try {
      return provider.call(attempt);
    } catch (Throwable bug) {
      return Future.failedFuture(bug);
    }
  }

  private Future<AttemptResult> refused(Exclusion why, Duration wait) {
    return Future.succeededFuture(new Refused(state.provider(), why, wait.isZero() ? null : wait));
  }
}
