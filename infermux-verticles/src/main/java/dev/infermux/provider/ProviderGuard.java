package dev.infermux.provider;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.AttemptResult;
import dev.infermux.inference.AttemptResult.Sent;
import dev.infermux.spi.HealthCheck;
import dev.infermux.spi.Provider;
import io.vertx.core.Future;

/** Puts admission in front of a provider; called on the event loop of the cell that calls it. */
public interface ProviderGuard {

  /** Admits every attempt. */
  ProviderGuard NONE = Unguarded::new;

  AttemptHandler guard(Provider provider);

  /** A provider whose attempts are all admitted. */
  record Unguarded(Provider provider) implements AttemptHandler {

    @Override
    public Future<AttemptResult> attempt(Attempt attempt) {
      return provider.call(attempt).map(Sent::new);
    }

    @Override
    public Future<Void> check(HealthCheck check) {
      return provider.check(check);
    }

    @Override
    public Future<Void> close() {
      return provider.close();
    }
  }
}
