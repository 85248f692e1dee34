package dev.infermux.assembly;

import dev.infermux.mist.HealthPong;
import dev.infermux.mist.MistSource;
import java.util.function.Supplier;

/** Tells the version of this InferMux and for how long it has been there. Thread-safe. */
final class PongSupplier implements Supplier<HealthPong> {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final String version;
  private final long startedNanos = System.nanoTime();

  PongSupplier(String version) {
    this.version = version;
  }

  @Override
  public HealthPong get() {
    long uptimeSeconds = (System.nanoTime() - startedNanos) / NANOS_PER_SECOND;
    return new HealthPong(MistSource.INFERMUX, version, uptimeSeconds);
  }
}
