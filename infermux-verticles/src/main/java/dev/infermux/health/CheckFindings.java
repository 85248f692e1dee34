package dev.infermux.health;

import dev.infermux.policy.health.Health;
import dev.infermux.spi.HealthCheck;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one check of a provider has learnt beside its result. */
final class CheckFindings implements HealthCheck.Findings {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.health");

  private final String provider;
  private final Health health;
  private volatile String advice = "";

  CheckFindings(HealthTarget target) {
    this.provider = target.name();
    this.health = target.health();
  }

  @Override
  public void listed(List<String> models) {
    health.listed(models);
  }

  @Override
  public void advise(String line) {
    advice = line;
  }

  /** Keeps the advice, none included, and logs it where it is news. */
  void keep() {
    if (health.advised(advice) && !advice.isEmpty()) {
      LOG.warn("provider {}: {}", provider, advice);
    }
  }
}
