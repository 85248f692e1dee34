package dev.infermux.nodes.hints;

import dev.infermux.inference.Operation;
import dev.infermux.inference.Secret;
import dev.infermux.nodes.ClusterOptions;
import dev.infermux.policy.circuit.CircuitBreakers;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.circuit.ProviderCircuits;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.ratelimit.CallerLimitOptions;
import dev.infermux.policy.ratelimit.CallerLimits;
import dev.infermux.policy.ratelimit.Cooldowns;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.policy.ratelimit.RateLimiter;
import dev.infermux.policy.routing.Latency;
import dev.infermux.policy.routing.LatencyPeers;
import dev.infermux.policy.routing.LeastLatencyOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.guard.ProviderSnapshot;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.Registry;
import dev.infermux.testing.VirtualTime;
import dev.infermux.testing.VirtualVertx;
import dev.infermux.vertx.CircuitTimers;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Nodes in virtual time over a bus that can be cut, and all that was said on it. */
final class HintNetwork {

  static final String KEY = "sk-secret-0123456789";

  final VirtualTime time = new VirtualTime();
  final List<Node> nodes = new ArrayList<>();
  final List<String> said = new ArrayList<>();

  /** Whom the cluster manager knows; null = there is none to ask. */
  Set<String> members;

  /** With so many nodes of one provider that takes so many requests a minute. */
  HintNetwork(int count, long requestsPerMinute) {
    for (int i = 0; i < count; i++) {
      nodes.add(new Node(i, count, requestsPerMinute));
      time.pass(Duration.ofMillis(10));
    }
    nodes.forEach(node -> node.hints.connect(bus(node)));
  }

  /** What the hints of the first node are about. */
  HintTargets targets() {
    return nodes.get(0).targets;
  }

  /** Everybody ticks, once a second. */
  void second() {
    for (Node node : nodes) {
      if (!node.dead) {
        node.hints.tick();
      }
    }
    time.pass(Duration.ofSeconds(1));
  }

  void seconds(int count) {
    for (int i = 0; i < count; i++) {
      second();
    }
  }

  private HintBus bus(Node node) {
    return new HintBus() {
      @Override
      public void publish(String address, JsonObject hint) {
        HintNetwork.this.publish(node, address, hint);
      }

      @Override
      public String member() {
        return "member-" + nodes.indexOf(node);
      }

      @Override
      public Optional<Set<String>> members() {
        return Optional.ofNullable(members);
      }
    };
  }

  private void publish(Node from, String address, JsonObject hint) {
    said.add(address + " " + hint.encode());
    for (Node node : nodes) {
      boolean reached = node == from || !(from.cut || node.cut);
      if (reached && !node.dead && !from.dead) {
        node.hints.receive(address, new JsonObject(hint.encode()));
      }
    }
  }

  /** One node. */
  final class Node {
    final ProviderState provider;
    final CallerLimits callers;
    final HintTargets targets;
    final NodeHints hints;
    final List<String> checks = new ArrayList<>();
    boolean cut;
    boolean dead;

    private Node(int number, int count, long requestsPerMinute) {
      ProviderOptions options =
          ProviderOptions.of("openai", ProviderType.OPENAI).withApiKey(Secret.of(KEY));
      NodeHints[] later = new NodeHints[1];
      CircuitBreakers circuits =
          new CircuitBreakers(
              new CircuitTimers(VirtualVertx.in(time)),
              time,
              time,
              change -> later[0].circuitChanged(change));
      Cooldowns cooldowns =
          new Cooldowns(time, (model, reset) -> later[0].limited("openai", model, reset));
      RateLimitOptions limit = RateLimitOptions.defaults().withRequestsPerMinute(requestsPerMinute);
      provider =
          new ProviderState(
              "openai",
              new ProviderCircuits(circuits, "openai", CircuitOptions.defaults()),
              new RateLimiter(limit, time, cooldowns),
              new Health(),
              new Latency(LeastLatencyOptions.defaults(), time, new LatencyPeers()));
      RegisteredProvider registered =
          new RegisteredProvider(
              options,
              EnumSet.allOf(Operation.class),
              (vertx, own) -> {
                throw new UnsupportedOperationException();
              });
      callers = new CallerLimits(CallerLimitOptions.defaults().withRates(limit), Map.of(), time);
      targets =
          new HintTargets(
              new Registry(
                  new ProviderSnapshot(
                      RoutingOptions.defaults(), List.of(registered), List.of(provider))),
              callers);
      hints =
          new NodeHints(
              new NodeIdentity(
                  "id-" + number, "node-" + number, "1", time.instant().toEpochMilli()),
              ClusterOptions.defaults().withEnabled(true).withExpected(count),
              targets,
              time.time());
      later[0] = hints;
      hints.checksGoTo((name, reason) -> checks.add(name + " " + reason.orElse("well")));
    }

    /** Asks for so many calls; how many were admitted. */
    int ask(int calls) {
      int admitted = 0;
      for (int i = 0; i < calls; i++) {
        admitted += provider.rateLimiter().reserve(1) == null ? 0 : 1;
      }
      return admitted;
    }

    void fail(int attempts) {
      for (int i = 0; i < attempts; i++) {
        var permit = provider.circuits().of("m").enter();
        if (permit != null) {
          permit.failed();
        }
      }
    }

    void find(boolean well) {
      hints.found("openai", well ? Optional.empty() : Optional.of("answered 503"));
    }
  }
}
