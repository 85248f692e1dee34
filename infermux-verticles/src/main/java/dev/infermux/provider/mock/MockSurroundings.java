package dev.infermux.provider.mock;

import dev.infermux.outbound.EventLoop;
import dev.infermux.outbound.fault.Faults;
import dev.infermux.provider.ProviderOptions;
import io.vertx.core.Vertx;

/** What all attempts at one mock in one cell share. */
record MockSurroundings(Vertx vertx, EventLoop loop, ProviderOptions options) {

  Faults faults() {
    return new Faults(options.name());
  }

  Alarm alarm() {
    return new Alarm(vertx);
  }
}
