package dev.infermux.nodes.hints;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other nodes as they say of themselves that they live. A bounded number is believed in, since
 * whoever reaches the bus can invent some. Only the hints' event loop touches it.
 */
final class LivingNodes {

  static final int MOST = 63;

  private static final Logger LOG = LoggerFactory.getLogger("infermux.nodes");

  private final NodeIdentity self;
  private final long failureNanos;
  private final Map<String, Heard> others = new LinkedHashMap<>();

  LivingNodes(NodeIdentity self, Duration failureAfter) {
    this.self = self;
    this.failureNanos = failureAfter.toNanos();
  }

  /**
   * Takes note of what another node says; whether it is believed in. One that was paused or cut off
   * still reaches the bus for seconds before it is a member again, and is not counted until then.
   *
   * @param members whom the cluster manager knows; empty where nobody can be asked
   */
  boolean heard(NodeState state, long now, Optional<Set<String>> members) {
    NodeIdentity node = state.identity();
    if (node.id().equals(self.id()) || gone(state, members)) {
      return false;
    }
    if (state.leaving()) {
      if (others.remove(node.id()) != null) {
        LOG.info("node {} has left", label(node));
      }
      return true;
    }
    if (!others.containsKey(node.id()) && others.size() >= MOST) {
      forget(now, Optional.empty());
    }
    if (!others.containsKey(node.id()) && others.size() >= MOST) {
      return false;
    }
    if (others.put(node.id(), new Heard(state, now)) == null) {
      LOG.info("node {} is there: {} nodes", label(node), others.size() + 1);
    }
    return true;
  }

  /**
   * Drops those that were not heard for too long, and those that have gone from the cluster.
   *
   * @param members whom the cluster manager knows; empty where nobody can be asked
   */
  void forget(long now, Optional<Set<String>> members) {
    others
        .values()
        .removeIf(
            heard -> {
              String label = label(heard.state().identity());
              if (now - heard.nanos() > failureNanos) {
                LOG.warn(
                    "node {} was not heard for {} s: taken for dead",
                    label,
                    failureNanos / 1_000_000_000L);
                return true;
              }
              boolean gone = gone(heard.state(), members);
              if (gone) {
                LOG.warn("node {} is no member any more: taken for dead", label);
              }
              return gone;
            });
  }

  private static boolean gone(NodeState state, Optional<Set<String>> members) {
    return members.isPresent() && !members.get().contains(state.member());
  }

  boolean knows(String id) {
    return others.containsKey(id);
  }

  /** This one and those that are heard. */
  int count() {
    return others.size() + 1;
  }

  /** What the others said last. */
  List<NodeState> states() {
    return others.values().stream().map(Heard::state).toList();
  }

  /** Whether no other has been there for longer. */
  boolean selfIsOldest() {
    return others.values().stream().noneMatch(heard -> heard.state().identity().olderThan(self));
  }

  /** All of them, the oldest first. */
  List<LivingNode> all(long now) {
    List<LivingNode> all = new ArrayList<>();
    all.add(new LivingNode(self, Duration.ZERO, true));
    others
        .values()
        .forEach(
            heard ->
                all.add(
                    new LivingNode(
                        heard.state().identity(), Duration.ofNanos(now - heard.nanos()), false)));
    all.sort(
        Comparator.<LivingNode>comparingLong(node -> node.identity().startedMillis())
            .thenComparing(node -> node.identity().id()));
    return List.copyOf(all);
  }

  private static String label(NodeIdentity node) {
    return node.name().isEmpty() ? node.id() : node.name();
  }

  /** What a node said last, and when. */
  private record Heard(NodeState state, long nanos) {}
}
