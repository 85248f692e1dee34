package dev.infermux.health;

import static org.awaitility.Awaitility.await;

import dev.infermux.events.EventAddresses;
import dev.infermux.events.EventPublisher;
import dev.infermux.events.ProviderHealthEvent;
import dev.infermux.inference.Operation;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.bus.EnvelopeCodec;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.health.HealthOptions;
import dev.infermux.policy.ratelimit.Cooldowns;
import dev.infermux.provider.ProviderFactory;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderVerticle;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.openai.OpenAiProvider;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Providers in the first cell of an InferMux, and the verticle that checks them. */
final class HealthRig implements AutoCloseable {

  static final String INSTANCE = "health-test";
  static final HealthOptions OFTEN =
      HealthOptions.defaults()
          .withInterval(Duration.ofMillis(5))
          .withTimeout(Duration.ofSeconds(10));
  static final HealthOptions ONCE = OFTEN.withInterval(Duration.ofHours(1));

  static final ProviderFactory OPENAI =
      (vertx, options) -> new OpenAiProvider(vertx, VertxTimers.time(vertx), options);

  private final Vertx vertx;
  private final List<HealthTarget> patients = new ArrayList<>();
  private final List<ProviderHealthEvent> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger plans = new AtomicInteger();
  private String deployment = "";
  private CheckDuty duty = CheckDuty.ALONE;
  private HealthVerticle verticle;

  HealthRig(Vertx vertx) {
    this.vertx = vertx;
    EnvelopeCodec.register(vertx);
    vertx
        .eventBus()
        .<Envelope>consumer(
            EventAddresses.HEALTH,
            event -> events.add((ProviderHealthEvent) event.body().payload()));
  }

  Vertx vertx() {
    return vertx;
  }

  /** Adds a provider of OpenAI's dialect. */
  HealthTarget add(ProviderOptions options, HealthOptions checks) {
    return add(options, checks, OPENAI);
  }

  HealthTarget add(ProviderOptions options, HealthOptions checks, ProviderFactory factory) {
    HealthTarget target = absent(options, checks, factory, new Cooldowns(System::nanoTime));
    vertx.deployVerticle(new ProviderVerticle(INSTANCE, target.provider(), 0)).await();
    return target;
  }

  /** Adds one that is not on the bus. */
  HealthTarget absent(
      ProviderOptions options, HealthOptions checks, ProviderFactory factory, Cooldowns cooldowns) {
    RegisteredProvider provider =
        new RegisteredProvider(options, EnumSet.allOf(Operation.class), factory);
    HealthTarget target = new HealthTarget(provider, checks, cooldowns, new Health());
    patients.add(target);
    return target;
  }

  /** Deploys the health verticle; completes when it has started. */
  Future<String> open() {
    RandomGenerator random = () -> (long) plans.incrementAndGet() << 32;
    verticle =
        new HealthVerticle(
                INSTANCE,
                List.copyOf(patients),
                new EventPublisher(vertx),
                VertxTimers.time(vertx),
                random)
            .sharing(duty);
    return vertx.deployVerticle(verticle).onSuccess(id -> deployment = id);
  }

  /** Shares the checks with nodes that this duty stands for. */
  void share(CheckDuty shared) {
    duty = shared;
  }

  HealthVerticle verticle() {
    return verticle;
  }

  void start() {
    open().await();
  }

  void stop() {
    vertx.undeploy(deployment).await();
  }

  /** The events so far; waits until there are that many. */
  List<ProviderHealthEvent> events(int count) {
    await().until(() -> events.size() >= count);
    return List.copyOf(events);
  }

  /** How many times a next check was planned. */
  int plans() {
    return plans.get();
  }

  @Override
  public void close() {
    if (vertx.deploymentIDs().contains(deployment)) {
      stop();
    }
  }
}
