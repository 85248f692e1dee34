package dev.infermux.nodes.hints;

import dev.infermux.nodes.ClusterOptions;
import dev.infermux.time.Ticker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a node that has just started should get calls: once it hears all others and the cluster
 * has its copies in order, or after half a minute without: a bus that is broken must not keep nodes
 * from serving. Once it should, that stays. One event loop looks; anyone may ask.
 */
final class Joining {

  static final Duration LONGEST = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger("infermux.nodes");

  private final ClusterOptions options;
  private final Ticker ticker;
  private final long started;
  private volatile String obstacle;

  Joining(ClusterOptions options, Ticker ticker) {
    this.options = options;
    this.ticker = ticker;
    this.started = ticker.nanos();
    this.obstacle = text(1);
  }

  /** What it waits for; empty once it waits for nothing. Safe on any thread. */
  String obstacle() {
    return obstacle;
  }

  boolean over() {
    return obstacle.isEmpty();
  }

  /** Whether all nodes are heard, so that it matters how the cluster is. */
  boolean complete(int living) {
    return living >= options.expected();
  }

  /**
   * Takes a look.
   *
   * @param settled whether the cluster has its copies in order
   */
  void look(int living, boolean settled) {
    if (over()) {
      return;
    } else if (complete(living) && settled) {
      LOG.info("cluster {}: joined, {} nodes", options.name(), living);
      obstacle = "";
    } else if (ticker.nanos() - started >= LONGEST.toNanos()) {
      LOG.warn(
          "cluster {}: {} of {} nodes after {} s; serving all the same",
          options.name(),
          living,
          options.expected(),
          LONGEST.toSeconds());
      obstacle = "";
    } else {
      obstacle = text(living);
    }
  }

  private String text(int living) {
    return "joining the cluster "
        + options.name()
        + ": "
        + living
        + " of "
        + options.expected()
        + " nodes";
  }
}
