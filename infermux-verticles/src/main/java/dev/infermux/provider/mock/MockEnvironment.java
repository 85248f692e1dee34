package dev.infermux.provider.mock;

import dev.infermux.dialect.ProviderFailures;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.time.Time;
import dev.infermux.vertx.EventLoop;

/** What all attempts at one mock in one cell share. */
record MockEnvironment(Time time, EventLoop loop, ProviderOptions options) {

  ProviderFailures failures() {
    return new ProviderFailures(options.name(), options.context().path());
  }

  ResettableTimer timer() {
    return new ResettableTimer(time.timers());
  }
}
