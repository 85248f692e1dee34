package dev.infermux.inbound.management.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The nodes of a cluster, as one of them hears them.
 *
 * @param cluster its name; empty where this node is alone
 * @param expected how many there should be
 * @param nodes the one that has been there longest first
 */
public record NodesReport(String cluster, int expected, List<Node> nodes) {

  public NodesReport {
    nodes = List.copyOf(nodes);
  }

  /**
   * One of them.
   *
   * @param silent since it was heard last
   * @param self whether it is the one that answers
   */
  public record Node(
      String id, String name, String version, Instant startedAt, Duration silent, boolean self) {}
}
