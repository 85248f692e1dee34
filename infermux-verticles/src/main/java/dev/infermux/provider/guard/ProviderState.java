package dev.infermux.provider.guard;

import dev.infermux.inference.Exclusion;
import dev.infermux.policy.circuit.ProviderCircuits;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.ratelimit.RateLimiter;
import dev.infermux.policy.routing.Latency;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Shared state of one provider: circuits, rate limiter, health and latency. Safe on any thread. */
public final class ProviderState {

  private final String provider;
  private final ProviderCircuits circuits;
  private final RateLimiter rateLimiter;
  private final Health health;
  private final Latency latency;
  private final AtomicInteger inFlight = new AtomicInteger();

  /** Those at the ones before it too, which may have begun under other options. */
  private final AtomicInteger inFlightOfAll;

  private final Promise<Void> idle = Promise.promise();
  private volatile boolean retired;

  public ProviderState(
      String provider,
      ProviderCircuits circuits,
      RateLimiter limiter,
      Health health,
      Latency latency) {
    this.provider = provider;
    this.circuits = circuits;
    this.rateLimiter = limiter;
    this.health = health;
    this.latency = latency;
    this.inFlightOfAll = new AtomicInteger();
  }

  private ProviderState(ProviderState next, AtomicInteger inFlightOfAll) {
    this.provider = next.provider;
    this.circuits = next.circuits;
    this.rateLimiter = next.rateLimiter;
    this.health = next.health;
    this.latency = next.latency;
    this.inFlightOfAll = inFlightOfAll;
  }

  /** The same in the place of one that bears its name: what is under way there is counted here. */
  public ProviderState after(ProviderState former) {
    return new ProviderState(this, former.inFlightOfAll);
  }

  public String provider() {
    return provider;
  }

  /**
   * Why an attempt would be refused now, or would better go elsewhere, which comes last; null when
   * it is welcome.
   *
   * @param model as the provider knows it
   * @param tokens what it would take of the rate limit
   * @param ownKey whether a caller's own key is used, of which nothing is known here
   */
  public @Nullable Exclusion exclusion(String model, long tokens, boolean ownKey) {
    Exclusion refused = circuits.exclusion(model);
    if (refused != null) {
      return refused;
    }
    Exclusion cooldown = ownKey ? null : rateLimiter.cooldowns().exclusion(model);
    if (cooldown != null && !cooldown.hint()) {
      return cooldown;
    } else if (!rateLimiter.hasRoom(tokens)) {
      return Exclusion.RATE_LIMIT;
    } else if (cooldown != null) {
      return cooldown;
    }
    return health.healthy() ? null : Exclusion.UNHEALTHY;
  }

  /** How long a rate limit or a spent account lasts; zero when nothing does. */
  public Duration untilRoom(String model, long tokens, boolean ownKey) {
    Duration room = rateLimiter.untilRoom(tokens);
    Duration cooldown = ownKey ? Duration.ZERO : rateLimiter.cooldowns().left(model);
    return room.compareTo(cooldown) > 0 ? room : cooldown;
  }

  public ProviderCircuits circuits() {
    return circuits;
  }

  /** Forgets what is known against it: its circuits are closed, and no model is left alone. */
  public void reset() {
    circuits.reset();
    rateLimiter.cooldowns().clear();
  }

  public RateLimiter rateLimiter() {
    return rateLimiter;
  }

  public Health health() {
    return health;
  }

  /** What its last health check has to say; empty when it is well. */
  public String ailment() {
    return health.view().remark();
  }

  public Latency latency() {
    return latency;
  }

  /** Attempts under way, streams included, and those that began before a change of its options. */
  public int inFlight() {
    return inFlightOfAll.get();
  }

  void entered() {
    inFlightOfAll.incrementAndGet();
    inFlight.incrementAndGet();
  }

  void left() {
    inFlightOfAll.decrementAndGet();
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
