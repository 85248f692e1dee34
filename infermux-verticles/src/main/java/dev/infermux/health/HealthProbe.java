package dev.infermux.health;

import dev.infermux.bus.LocalBus;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.InferenceException;
import dev.infermux.policy.health.HealthClassifier;
import dev.infermux.provider.ProviderAddresses;
import dev.infermux.spi.HealthCheck;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Optional;

/** Asks one provider over the bus how it is. */
final class HealthProbe {

  private final LocalBus bus;
  private final ProviderAddresses provider;
  private final Time time;
  private final HealthClassifier diagnosis;
  private final Optional<String> completionModel;
  private final HealthTarget target;

  HealthProbe(LocalBus bus, ProviderAddresses provider, HealthTarget target, Time time) {
    this.bus = bus;
    this.provider = provider;
    this.target = target;
    this.time = time;
    this.diagnosis = new HealthClassifier(target.name(), target.hasOwnKey());
    this.completionModel = target.completionModel();
  }

  /** Why it is unhealthy; empty when it is well. Fails only when the provider is gone. */
  Future<Optional<String>> reason(Cancellation cancellation) {
    Attempt completion =
        completionModel.map(model -> OneTokenCompletion.of(model, cancellation, time)).orElse(null);
    CheckFindings findings = new CheckFindings(target);
    return bus.ask(provider.checks(), new HealthCheck(completion, findings, cancellation))
        .map(passed -> Optional.<String>empty())
        .onSuccess(passed -> findings.keep())
        .recover(
            cause ->
                gone(cause)
                    ? Future.failedFuture(cause)
                    : Future.succeededFuture(
                        diagnosis.reason(InferenceException.failureOf(cause))));
  }

  private static boolean gone(Throwable cause) {
    return cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
  }
}
