package dev.infermux.provider.mock;

import dev.infermux.provider.BehavioursContract;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.spi.Provider;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Vertx;

class MockBehavioursTest extends BehavioursContract {

  @Override
  protected ProviderType type() {
    return ProviderType.MOCK;
  }

  @Override
  protected Provider provider(Vertx vertx, ProviderOptions options) {
    return new MockProvider(vertx, VertxTimers.time(vertx), options, mock);
  }
}
