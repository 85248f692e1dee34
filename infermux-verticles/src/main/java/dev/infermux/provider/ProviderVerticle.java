package dev.infermux.provider;

import dev.infermux.bus.LocalBus;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.spi.HealthCheck;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One provider in one cell: owns that cell's connections to it and answers attempts and health
 * checks on the bus.
 */
public final class ProviderVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(ProviderVerticle.class);

  private final String instance;
  private final RegisteredProvider registered;
  private final int cell;
  private @Nullable AttemptHandler handler;
  private @Nullable LocalBus bus;

  public ProviderVerticle(String instance, RegisteredProvider registered, int cell) {
    this.instance = instance;
    this.registered = registered;
    this.cell = cell;
  }

  @Override
  public Future<?> start() {
    AttemptHandler attempts = registered.handler(vertx);
    handler = attempts;
    LocalBus serving = new LocalBus(vertx);
    bus = serving;
    ProviderAddresses addresses = new ProviderAddresses(instance, registered.deployment(), cell);
    return serving
        .serve(addresses.attempts(), attempt -> caught(() -> attempts.attempt(attempt)))
        .compose(listening -> serving.serve(addresses.checks(), check -> check(attempts, check)));
  }

  /** Others live on in its context, which would keep what is not given back. */
  @Override
  public Future<?> stop() {
    AttemptHandler attempts = handler;
    LocalBus serving = bus;
    Future<?> silent = serving == null ? Future.succeededFuture() : serving.close();
    return attempts == null ? silent : silent.eventually(attempts::close);
  }

  private Future<HealthCheck.Passed> check(AttemptHandler attempts, HealthCheck check) {
    return caught(() -> attempts.check(check)).map(new HealthCheck.Passed());
  }

  private <T> Future<T> caught(Supplier<Future<T>> asked) {
    Future<T> answer;
    try {
      answer = asked.get();
    } catch (Throwable bug) {
      answer = Future.failedFuture(bug);
    }
    return answer.recover(cause -> Future.failedFuture(known(cause)));
  }

  private Throwable known(Throwable cause) {
    if (cause instanceof InferenceException) {
      return cause;
    }
    LOG.error("provider {}: a bug in its adapter", registered.name(), cause);
    if (cause instanceof OutOfMemoryError) {
      LOG.error("out of memory: {}", registered.options().context().buffered());
    }
    return new InferenceException(
        new Failure.Internal(
            "provider \"" + registered.name() + "\" failed inside the gateway; see its log"));
  }
}
