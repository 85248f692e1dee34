package dev.infermux.provider;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.AttemptResult;
import dev.infermux.spi.HealthCheck;
import io.vertx.core.Future;

/** What a provider's verticle runs: admits attempts, makes them, and answers health checks. */
public interface AttemptHandler {

  /**
   * Makes the attempt, or refuses it and sends nothing; fails as {@link
   * dev.infermux.spi.Provider#call} does.
   */
  Future<AttemptResult> attempt(Attempt attempt);

  /** Runs a health check, which is never refused and counts nowhere. */
  Future<Void> check(HealthCheck check);

  /** Closes connections; attempts under way are not waited for. */
  Future<Void> close();
}
