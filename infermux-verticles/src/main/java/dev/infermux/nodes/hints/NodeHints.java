package dev.infermux.nodes.hints;

import dev.infermux.health.CheckDuty;
import dev.infermux.nodes.ClusterOptions;
import dev.infermux.policy.circuit.CircuitChange;
import dev.infermux.policy.circuit.CircuitReason;
import dev.infermux.policy.circuit.CircuitState;
import dev.infermux.policy.ratelimit.RateShare;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.time.Time;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/**
 * What this node tells others and hears of them. A node alone tells nobody, hears nothing and does
 * all itself. Telling is safe on any thread; one event loop hears.
 */
public final class NodeHints implements CheckDuty {

  private final NodeIdentity self;
  private final ClusterOptions options;
  private final Time time;
  private final UpstreamKeys keys;
  private final LivingNodes nodes;
  private final RateSharing rates;
  private final LongAdder heard = new LongAdder();
  private final LongAdder ignored = new LongAdder();
  private volatile HintBus bus = HintBus.NONE;
  private volatile boolean oldest = true;
  private volatile int living = 1;
  private volatile List<LivingNode> all;
  private volatile BiConsumer<String, Optional<String>> checks = (provider, reason) -> {};

  public NodeHints(NodeIdentity self, ClusterOptions options, HintTargets targets, Time time) {
    this.self = self;
    this.options = options;
    this.time = time;
    this.keys = new UpstreamKeys(targets.registry(), options.name());
    this.nodes = new LivingNodes(self, options.failureAfter());
    this.rates = new RateSharing(keys, targets.callers());
    this.all = nodes.all(time.nanos());
  }

  /** Who takes the results of checks that another node has made: provider, and why it is unwell. */
  public void checksGoTo(BiConsumer<String, Optional<String>> receiver) {
    checks = receiver;
  }

  void connect(HintBus connected) {
    bus = connected;
  }

  /** Once a second: tells that this node lives, and takes its shares. */
  void tick() {
    rates.measure();
    tell();
    reckon();
  }

  /** Tells that this node lives. */
  void tell() {
    bus.publish(HintAddresses.STATE, state(false).json());
  }

  /** Takes the shares again, since providers have changed. On the hints' event loop. */
  void reckon() {
    nodes.forget(time.nanos(), bus.members());
    oldest = nodes.selfIsOldest();
    living = nodes.count();
    all = nodes.all(time.nanos());
    rates.share(nodes.count(), options.expected(), nodes.states());
  }

  /** Tells that this node is about to end. */
  void leave() {
    bus.publish(HintAddresses.STATE, state(true).json());
  }

  /** Tells of a circuit that has opened for what it has seen itself. */
  public void circuitChanged(CircuitChange change) {
    String upstream = keys.now().upstream(change.provider());
    if (bus != HintBus.NONE
        && change.to() == CircuitState.OPEN
        && change.reason() != CircuitReason.MANUAL
        && upstream != null) {
      bus.publish(HintAddresses.CIRCUIT, hint(upstream).put("model", change.model()));
    }
  }

  /** Tells that a provider wants this credential to wait. */
  public void limited(String provider, String model, Duration reset) {
    String upstream = bus == HintBus.NONE ? null : keys.now().upstream(provider);
    if (upstream != null) {
      bus.publish(
          HintAddresses.LIMITED,
          hint(upstream).put("model", model).put("millis", reset.toMillis()));
    }
  }

  @Override
  public boolean mine() {
    return oldest;
  }

  @Override
  public void found(String provider, Optional<String> reason) {
    String upstream = bus == HintBus.NONE ? null : keys.now().upstream(provider);
    if (upstream != null) {
      bus.publish(
          HintAddresses.HEALTH,
          hint(upstream).put("well", reason.isEmpty()).put("reason", reason.orElse("")));
    }
  }

  /**
   * Takes a hint, of this node too; one that cannot be understood is counted.
   *
   * @return whether it comes from a node that was not known
   */
  boolean receive(String address, JsonObject hint) {
    boolean understood;
    int before = living;
    try {
      String sender = NodeState.text(hint, "node");
      if (sender.equals(self.id())) {
        return false;
      }
      understood =
          address.equals(HintAddresses.STATE)
              ? state(hint)
              : nodes.knows(sender) && about(address, hint);
    } catch (ClassCastException malformed) {
      understood = false;
    }
    (understood ? heard : ignored).increment();
    return living > before;
  }

  private boolean state(JsonObject hint) {
    NodeState state = NodeState.read(hint);
    boolean believed = state != null && nodes.heard(state, time.nanos(), bus.members());
    oldest = nodes.selfIsOldest();
    living = nodes.count();
    return believed;
  }

  private boolean about(String address, JsonObject hint) {
    ProviderState provider = keys.now().state(NodeState.text(hint, "upstream"));
    if (provider == null) {
      return false;
    }
    String model = NodeState.text(hint, "model");
    switch (address) {
      case HintAddresses.CIRCUIT -> provider.circuits().alert(model);
      case HintAddresses.LIMITED ->
          provider
              .rateLimiter()
              .cooldowns()
              .told(model, Duration.ofMillis(Math.max(0, hint.getLong("millis", 0L))));
      case HintAddresses.HEALTH ->
          checks.accept(
              provider.provider(),
              hint.getBoolean("well", true)
                  ? Optional.empty()
                  : Optional.of(NodeState.text(hint, "reason")));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** This one and those that it hears. */
  public int living() {
    return living;
  }

  /** The same as of the last second, the oldest first. */
  public List<LivingNode> nodes() {
    return all;
  }

  /** How many different versions of InferMux they are of. */
  public int versions() {
    return (int) all.stream().map(node -> node.identity().version()).distinct().count();
  }

  /** How many there should be. */
  public int expected() {
    return options.enabled() ? options.expected() : 1;
  }

  /** The name of the cluster; empty without one. */
  public String cluster() {
    return options.enabled() ? options.name() : "";
  }

  /** What this node may use of the limits of each provider that has some. */
  public Map<String, RateShare> shares() {
    return rates.providerShares();
  }

  long heard() {
    return heard.sum();
  }

  long ignored() {
    return ignored.sum();
  }

  private NodeState state(boolean leaving) {
    return new NodeState(self, bus.member(), leaving, rates.providers(), rates.callers());
  }

  private JsonObject hint(String upstream) {
    return new JsonObject().put("node", self.id()).put("upstream", upstream);
  }
}
