package dev.infermux.standing;

import dev.infermux.inference.Exclusion;
import dev.infermux.policy.ceiling.Ceiling;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.routing.Latency;
import dev.infermux.standing.circuit.Circuit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How one provider stands, as all cells see it. Safe on any thread. */
public final class Standing {

  private final String provider;
  private final Circuit circuit;
  private final Ceiling ceiling;
  private final Health health;
  private final Latency latency;
  private final AtomicInteger inFlight = new AtomicInteger();

  public Standing(
      String provider, Circuit circuit, Ceiling ceiling, Health health, Latency latency) {
    this.provider = provider;
    this.circuit = circuit;
    this.ceiling = ceiling;
    this.health = health;
    this.latency = latency;
  }

  public String provider() {
    return provider;
  }

  /**
   * Why an attempt would be refused now, health first; null when it would be admitted.
   *
   * @param tokens what it would take of the ceiling
   */
  public @Nullable Exclusion exclusion(long tokens) {
    if (!health.healthy()) {
      return Exclusion.UNHEALTHY;
    }
    Exclusion refused = circuit.exclusion();
    if (refused != null) {
      return refused;
    }
    return ceiling.hasRoom(tokens) ? null : Exclusion.CEILING;
  }

  public Circuit circuit() {
    return circuit;
  }

  public Ceiling ceiling() {
    return ceiling;
  }

  public Health health() {
    return health;
  }

  public Latency latency() {
    return latency;
  }

  /** Attempts under way, streams included. */
  public int inFlight() {
    return inFlight.get();
  }

  void entered() {
    inFlight.incrementAndGet();
  }

  void left() {
    inFlight.decrementAndGet();
  }
}
