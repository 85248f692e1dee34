package dev.infermux.provider.guard;

import dev.infermux.inference.Exclusion;
import dev.infermux.policy.circuit.CircuitBreaker;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.ratelimit.RateLimiter;
import dev.infermux.policy.routing.Latency;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Shared state of one provider: circuit breaker, rate limiter, health and latency. Safe on any
 * thread.
 */
public final class ProviderState {

  private final String provider;
  private final CircuitBreaker circuit;
  private final RateLimiter rateLimiter;
  private final Health health;
  private final Latency latency;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Promise<Void> idle = Promise.promise();
  private volatile boolean retired;

  public ProviderState(
      String provider,
      CircuitBreaker circuit,
      RateLimiter limiter,
      Health health,
      Latency latency) {
    this.provider = provider;
    this.circuit = circuit;
    this.rateLimiter = limiter;
    this.health = health;
    this.latency = latency;
  }

  public String provider() {
    return provider;
  }

  /**
   * Why an attempt would be refused now, or would better go elsewhere, which comes last; null when
   * it is welcome.
   *
   * @param tokens what it would take of the rate limit
   */
  public @Nullable Exclusion exclusion(long tokens) {
    Exclusion refused = circuit.exclusion();
    if (refused != null) {
      return refused;
    } else if (!rateLimiter.hasRoom(tokens)) {
      return Exclusion.RATE_LIMIT;
    }
    return health.healthy() ? null : Exclusion.UNHEALTHY;
  }

  public CircuitBreaker circuit() {
    return circuit;
  }

  public RateLimiter rateLimiter() {
    return rateLimiter;
  }

  public Health health() {
    return health;
  }

  /** Why its last health check failed; empty when it is healthy. */
  public String ailment() {
    return health.view().reason();
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
    if (inFlight.decrementAndGet() == 0 && retired) {
      idle.tryComplete();
    }
  }

  /** Completes once no attempt is under way; called when new calls no longer come here. */
  public Future<Void> drained() {
    retired = true;
    if (inFlight.get() == 0) {
      idle.tryComplete();
    }
    return idle.future();
  }
}
