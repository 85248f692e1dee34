package dev.infermux.assembly;

import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** Metrics on their way to a collector. */
record MeterExport(Vertx vertx, SdkMeterProvider provider) {

  private static final int LONGEST_WAIT_SECONDS = 10;

  Meter meter(String name) {
    return provider.get(name);
  }

  /**
   * Sends what was measured since the last time; the reader waits for that, so no event loop may.
   */
  Future<Void> close() {
    return vertx.executeBlocking(
        () -> {
          provider.shutdown().join(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
          return null;
        },
        false);
  }
}
