package dev.infermux.health;

import dev.infermux.bus.LocalBus;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.InferenceException;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.health.HealthClassifier;
import dev.infermux.provider.ProviderAddresses;
import dev.infermux.spi.HealthCheck;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one provider over the bus how it is. Only the health verticle's event loop touches it. */
final class HealthProbe {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.health");

  private final LocalBus bus;
  private final ProviderAddresses provider;
  private final Time time;
  private final HealthClassifier diagnosis;
  private final Optional<String> completionModel;
  private final String name;
  private final Health health;

  HealthProbe(LocalBus bus, ProviderAddresses provider, HealthTarget target, Time time) {
    this.bus = bus;
    this.provider = provider;
    this.time = time;
    this.diagnosis = new HealthClassifier(target.name(), target.hasOwnKey());
    this.completionModel = target.completionModel();
    this.name = target.name();
    this.health = target.health();
  }

  /** Why it is unhealthy; empty when it is well. Fails only when the provider is gone. */
  Future<Optional<String>> reason(Cancellation cancellation) {
    Attempt completion =
        completionModel.map(model -> OneTokenCompletion.of(model, cancellation, time)).orElse(null);
    Found found = new Found(health);
    return bus.ask(provider.checks(), new HealthCheck(completion, found, cancellation))
        .map(passed -> Optional.<String>empty())
        .onSuccess(passed -> advised(found.advice))
        .recover(
            cause ->
                gone(cause)
                    ? Future.failedFuture(cause)
                    : Future.succeededFuture(
                        diagnosis.reason(InferenceException.failureOf(cause))));
  }

  private void advised(String advice) {
    if (health.advised(advice) && !advice.isEmpty()) {
      LOG.warn("provider {}: {}", name, advice);
    }
  }

  /** What one check has learnt. */
  private static final class Found implements HealthCheck.Findings {

    private final Health health;
    private volatile String advice = "";

    Found(Health health) {
      this.health = health;
    }

    @Override
    public void listed(List<String> models) {
      health.listed(models);
    }

    @Override
    public void advise(String line) {
      advice = line;
    }
  }

  private static boolean gone(Throwable cause) {
    return cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
  }
}
