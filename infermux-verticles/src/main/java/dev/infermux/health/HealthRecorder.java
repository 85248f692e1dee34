package dev.infermux.health;

import dev.infermux.events.EventAddresses;
import dev.infermux.events.EventPublisher;
import dev.infermux.events.ProviderHealthEvent;
import dev.infermux.policy.health.Health;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records the results of checks and publishes an event when a provider's health changes. */
final class HealthRecorder {
  private static final Logger LOG = LoggerFactory.getLogger("infermux.health");
  private final EventPublisher publisher;
  private final InstantSource clock;
  private final CheckDuty duty;

  HealthRecorder(EventPublisher publisher, InstantSource clock, CheckDuty duty) {
    this.publisher = publisher;
    this.clock = clock;
    this.duty = duty;
  }

  /**
   * Records the end of a check: the reason why the provider is unhealthy, if any. A reason that
   * lasts changes nothing.
   */
  void add(HealthTarget target, Optional<String> found) {
    duty.found(target.name(), found);
    Instant now = clock.instant();
    Health health = target.health();
    String reason = found.orElse("");
    boolean flipped = found.isEmpty() ? health.succeeded(now) : health.failed(reason, now);
    if (!flipped) {
      return;
    } else if (found.isEmpty()) {
      LOG.info("provider {} is healthy again", target.name());
    } else {
      LOG.warn("provider {} is unhealthy: {}", target.name(), reason);
    }
    publish(target, found.isEmpty(), reason, now);
  }

  /** The same of a check that another node has made, which has published what came of it. */
  void told(HealthTarget target, Optional<String> found) {
    Instant now = clock.instant();
    Health health = target.health();
    String reason = found.orElse("");
    if (found.isEmpty() ? health.succeeded(now) : health.failed(reason, now)) {
      LOG.info(
          "provider {} is {}, as another node has found",
          target.name(),
          found.isEmpty() ? "healthy again" : "unhealthy: " + reason);
    }
  }

  /** Whether the checks of all nodes are this one's. */
  boolean mine() {
    return duty.mine();
  }

  /** Tells of providers that an answer to a call makes healthy between two checks. */
  void listen(HealthTarget target) {
    target
        .health()
        .onAnswer(
            () -> {
              LOG.info("provider {} is healthy again: it has answered a call", target.name());
              publish(target, true, "", clock.instant());
            });
  }

  private void publish(HealthTarget target, boolean healthy, String reason, Instant at) {
    publisher.publish(
        EventAddresses.HEALTH,
        ProviderHealthEvent.TYPE,
        new ProviderHealthEvent(target.name(), healthy, reason, at));
  }
}
