package dev.infermux.nodes.hints;

import dev.infermux.events.EventAddresses;
import dev.infermux.events.metrics.Metrics;
import dev.infermux.nodes.ClusterOptions;
import dev.infermux.policy.ratelimit.RateShare;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings the hints of this node onto the bus of the cluster, and those of others in. */
public final class NodesVerticle extends VerticleBase {

  private static final Duration TICK = Duration.ofSeconds(1);

  /** At most so often, whoever claims to be new; its bus may still have to hear of ours. */
  private static final Duration ANSWER_AFTER = Duration.ofMillis(100);

  private final NodeHints hints;
  private final Time time;
  private final Joining joining;
  private final ClusterSight sight;
  private final List<MessageConsumer<?>> consumers = new ArrayList<>();
  private Runnable watch = () -> {};
  private boolean looking;
  private boolean answering;

  /** Makes one that is not on the bus yet. */
  public NodesVerticle(NodeHints hints, ClusterOptions options, Time time, ClusterSight sight) {
    this.hints = hints;
    this.time = time;
    this.joining = new Joining(options, time.ticker());
    this.sight = sight;
  }

  @Override
  public Future<?> start() {
    EventBus bus = vertx.eventBus();
    for (String address : HintAddresses.ALL) {
      consumers.add(bus.consumer(address).handler(this::received));
    }
    // Who subscribes where is kept by the bus for addresses with a consumer here; for others each
    // event would ask the cluster.
    for (String address : EventAddresses.ALL) {
      consumers.add(bus.localConsumer(address).handler(event -> {}));
    }
    return Future.join(consumers.stream().map(MessageConsumer::completion).toList())
        .compose(there -> vertx.executeBlocking(() -> sight.watch(vertx, this::membersChanged)))
        .onSuccess(
            watching -> {
              watch = watching;
              hints.connect(new ClusterHintBus(vertx));
              tick();
            });
  }

  @Override
  public Future<?> stop() {
    watch.run();
    return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
        .onComplete(
            deaf -> {
              hints.leave();
              hints.connect(HintBus.NONE);
            });
  }

  /** Why no calls should be sent here yet; empty when they should. Safe on any thread. */
  public String obstacle() {
    return joining.obstacle();
  }

  /** Providers have changed: takes their shares at once. Safe on any thread. */
  public void providersChanged() {
    context.runOnContext(now -> hints.reckon());
  }

  /** Somebody has gone, or will say so himself when he is there. Safe on any thread. */
  private void membersChanged() {
    context.runOnContext(now -> hints.reckon());
  }

  public void register(Metrics metrics) {
    metrics.counter(
        "infermux_cluster_hints_total", "Hints of other nodes that were taken.", hints::heard);
    metrics.counter(
        "infermux_cluster_hints_ignored_total",
        "Hints that were about nothing here, of no node that is known, or malformed.",
        hints::ignored);
    metrics.gauges(
        "infermux_rate_limit_share",
        "What this node may use of a provider's ceiling on requests, 0 to 1.",
        "provider",
        this::shares);
  }

  private Map<String, Number> shares() {
    Map<String, Number> shares = new LinkedHashMap<>();
    Map<String, RateShare> now = hints.shares();
    now.forEach((provider, share) -> shares.put(provider, share.requests()));
    return shares;
  }

  private void received(Message<Object> message) {
    if (message.body() instanceof JsonObject hint && hints.receive(message.address(), hint)) {
      answer();
      look();
    }
  }

  /** Tells one that is new that this node lives: it would hear that a second later else. */
  private void answer() {
    if (!answering) {
      answering = true;
      time.timers()
          .start(
              ANSWER_AFTER,
              () -> {
                answering = false;
                hints.tell();
              });
    }
  }

  private void tick() {
    hints.tick();
    look();
    time.timers().start(TICK, this::tick);
  }

  private void look() {
    if (joining.over() || looking) {
      return;
    }
    int living = hints.living();
    if (!joining.complete(living)) {
      joining.look(living, false);
      return;
    }
    looking = true;
    vertx
        .executeBlocking(() -> sight.settled(vertx), false)
        .otherwise(false)
        .onSuccess(
            in -> {
              looking = false;
              joining.look(living, in);
            });
  }
}
