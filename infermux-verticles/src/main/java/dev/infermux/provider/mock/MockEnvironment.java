package dev.infermux.provider.mock;

import dev.infermux.dialect.ProviderFailures;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.vertx.EventLoop;
import io.vertx.core.Vertx;

/** What all attempts at one mock in one cell share. */
record MockEnvironment(Vertx vertx, EventLoop loop, ProviderOptions options) {

  ProviderFailures faults() {
    return new ProviderFailures(options.name());
  }

  ResettableTimer alarm() {
    return new ResettableTimer(vertx);
  }
}
