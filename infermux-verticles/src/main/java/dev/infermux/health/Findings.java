package dev.infermux.health;

import dev.infermux.events.EventAddresses;
import dev.infermux.events.EventPublisher;
import dev.infermux.events.ProviderHealthEvent;
import dev.infermux.policy.health.Health;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what checks have found, and tells the world when a provider's health flips. */
final class Findings {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.health");

  private final EventPublisher publisher;
  private final Clock clock;

  Findings(EventPublisher publisher, Clock clock) {
    this.publisher = publisher;
    this.clock = clock;
  }

  /** A check has ended; an illness that lasts is no news. */
  void add(Patient patient, Optional<String> illness) {
    Instant now = clock.instant();
    Health health = patient.health();
    String reason = illness.orElse("");
    boolean flipped = illness.isEmpty() ? health.succeeded(now) : health.failed(reason, now);
    if (!flipped) {
      return;
    }
    if (illness.isEmpty()) {
      LOG.info("provider {} is healthy again", patient.name());
    } else {
      LOG.warn("provider {} is unhealthy: {}", patient.name(), reason);
    }
    publisher.publish(
        EventAddresses.HEALTH,
        ProviderHealthEvent.TYPE,
        new ProviderHealthEvent(patient.name(), illness.isEmpty(), reason, now));
  }
}
