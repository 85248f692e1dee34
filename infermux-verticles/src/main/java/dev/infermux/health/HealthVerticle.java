package dev.infermux.health;

import dev.infermux.bus.LocalBus;
import dev.infermux.events.EventPublisher;
import dev.infermux.policy.health.CheckJitter;
import dev.infermux.provider.ProviderAddresses;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the health of all providers of one InferMux: it has started once each has been checked,
 * all at the same time. Checks go to the providers of one cell, past circuit breakers and rate
 * limiters, and touch neither; a provider that has left the bus is watched no more.
 */
public final class HealthVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.health");

  /** Every cell has the same providers, and every InferMux this cell. */
  private static final int CELL = 0;

  private final String instance;
  private final List<HealthTarget> initial;
  private final EventPublisher publisher;
  private final Time time;
  private final CheckJitter jitter;

  /** By the names of their providers: a hash of a whole target would cost a start 30 ms. */
  private final Map<String, HealthMonitor> monitors = new LinkedHashMap<>();

  private CheckDuty duty = CheckDuty.ALONE;

  /**
   * Makes one that has checked nothing yet.
   *
   * @param targets one whose checks are disabled is skipped
   * @param random spreads the checks; only this verticle may use it
   */
  public HealthVerticle(
      String instance,
      List<HealthTarget> targets,
      EventPublisher publisher,
      Time time,
      RandomGenerator random) {
    this.instance = instance;
    this.initial = targets.stream().filter(one -> !one.options().disabled()).toList();
    this.publisher = publisher;
    this.time = time;
    this.jitter = new CheckJitter(random);
  }

  /** Shares the checks with other nodes; called before it is deployed. */
  public HealthVerticle sharing(CheckDuty shared) {
    duty = shared;
    return this;
  }

  /** Another node has found out how a provider is. Safe on any thread. */
  public void told(String provider, Optional<String> reason) {
    context.runOnContext(
        now -> {
          HealthMonitor monitor = monitors.get(provider);
          if (monitor != null) {
            monitor.told(reason);
          }
        });
  }

  @Override
  public Future<?> start() {
    return follow(initial);
  }

  /**
   * From now on watches these and no others, from any thread. Those that are watched already go on
   * as before; completes when each of the others has been checked once.
   */
  public Future<?> watch(List<HealthTarget> targets) {
    List<HealthTarget> checked = targets.stream().filter(one -> !one.options().disabled()).toList();
    Promise<Void> followed = Promise.promise();
    context.runOnContext(now -> follow(checked).<Void>mapEmpty().onComplete(followed));
    return followed.future();
  }

  private Future<?> follow(List<HealthTarget> targets) {
    monitors.values().removeIf(monitor -> stopped(monitor, targets));
    LocalBus bus = new LocalBus(vertx);
    HealthRecorder recorder = new HealthRecorder(publisher, time.clock(), duty);
    List<Future<Void>> checked = new ArrayList<>();
    for (HealthTarget target : targets) {
      if (monitors.containsKey(target.name())) {
        continue;
      }
      ProviderAddresses provider =
          new ProviderAddresses(instance, target.provider().deployment(), CELL);
      if (target.wantsCompletion() && target.completionModel().isEmpty()) {
        LOG.warn(
            "provider {}: no model is known to ask a completion of (set its models); its list of"
                + " models is asked for instead",
            target.name());
      }
      HealthProbe probe = new HealthProbe(bus, provider, target, time);
      HealthMonitor watch = new HealthMonitor(time.timers(), target, probe, recorder, jitter);
      monitors.put(target.name(), watch);
      checked.add(watch.start());
    }
    return Future.join(checked);
  }

  /** Stops a monitor whose target, as it is, is no longer among these. */
  private static boolean stopped(HealthMonitor monitor, List<HealthTarget> targets) {
    boolean gone = !targets.contains(monitor.target());
    if (gone) {
      monitor.stop();
    }
    return gone;
  }

  @Override
  public Future<?> stop() {
    monitors.values().forEach(HealthMonitor::stop);
    return Future.succeededFuture();
  }
}
