package dev.infermux.assembly;

import dev.infermux.mist.HealthPong;
import dev.infermux.mist.MistSource;
import dev.infermux.time.Ticker;
import java.util.function.Supplier;

/** Tells the version of this InferMux and for how long it has been there. Thread-safe. */
final class PongSupplier implements Supplier<HealthPong> {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final String version;
  private final Ticker ticker;
  private final long startedNanos;

  PongSupplier(String version, Ticker ticker) {
    this.version = version;
    this.ticker = ticker;
    this.startedNanos = ticker.nanos();
  }

  @Override
  public HealthPong get() {
    long uptimeSeconds = (ticker.nanos() - startedNanos) / NANOS_PER_SECOND;
    return new HealthPong(MistSource.INFERMUX, version, uptimeSeconds);
  }
}
