package dev.infermux.benchmarks.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Three nodes of one cluster, started at once; then one is paused, cut off and killed, and it is
 * seen when the others say that they do not hear it any more. They say so in their metrics, which
 * are looked at every few milliseconds.
 */
final class Membership implements AutoCloseable {
  private static final long PAUSE_MILLIS = 20;
  private static final long LIMIT_NANOS = 180_000_000_000L;
  private static final long PAUSED_MILLIS = 20_000;
  private static final long CUT_MILLIS = 45_000;
  private static final long STAYS_NANOS = 3_000_000_000L;

  private final List<ServedNode> nodes;
  private final @Nullable CutNetwork network;

  private Membership(List<ServedNode> nodes, @Nullable CutNetwork network) {
    this.nodes = nodes;
    this.network = network;
  }

  /**
   * Three that are not started yet.
   *
   * @param start of the first one
   * @param others of the second and the third
   * @param network where the third one is; null = where the others are
   */
  static Membership of(
      Session.Start start, Session.Start others, Postgres database, @Nullable CutNetwork network)
      throws IOException, InterruptedException {
    String name = "bench-" + start.launch() + "-" + ProcessHandle.current().pid();
    database.database(name);
    String here = network == null ? "127.0.0.1" : CutNetwork.HERE;
    String there = network == null ? "127.0.0.1" : CutNetwork.THERE;
    List<Integer> ports = Ports.free(10);
    List<NodeBlocks.Place> places =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    new NodeBlocks.Place(
                        i < 2 ? here : there, ports.get(3 * i + 1), ports.get(3 * i + 2)))
            .toList();
    List<ServedNode> nodes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      NodeBlocks.Place own = places.get(i);
      String url = database.url(network == null ? "127.0.0.1" : CutNetwork.HERE, name);
      String aside =
          network != null && i == 2 ? NodeBlocks.askedAt(CutNetwork.ASKED, ports.get(9)) : "";
      ServedNode node =
          ServedNode.of(
              "node-" + (i + 1),
              i == 0 ? start : others,
              ports.get(3 * i),
              home -> NodeBlocks.shared(home, url) + NodeBlocks.cluster(name, own, places) + aside);
      nodes.add(
          network == null || i < 2
              ? node
              : node.within(network, CutNetwork.ASKED + ":" + ports.get(9)));
    }
    return new Membership(nodes, network);
  }

  ServedNode node(int number) {
    return nodes.get(number - 1);
  }

  /** Starts all at once; seconds until each hears all. */
  double form() throws IOException, InterruptedException {
    long began = System.nanoTime();
    for (ServedNode node : nodes) {
      node.launch();
    }
    return await(began, 3, nodes);
  }

  /**
   * Seconds until the others see that one was stopped, and, once it goes on, until all hear all.
   *
   * @param whole whether it is stopped for all of 20 s, or only until that is seen
   */
  double[] pause(boolean whole) throws IOException, InterruptedException {
    ServedNode paused = node(3);
    long began = System.nanoTime();
    paused.gateway().signal("STOP");
    double seen;
    try {
      seen = await(began, 2, nodes.subList(0, 2));
      long left = PAUSED_MILLIS - (System.nanoTime() - began) / 1_000_000;
      if (whole && left > 0) {
        Thread.sleep(left);
      }
    } finally {
      paused.gateway().signal("CONT");
    }
    return new double[] {seen, await(System.nanoTime(), 3, nodes)};
  }

  /**
   * Seconds until the two see that the third was cut off, until it sees that itself, and, from the
   * end of the cut, until all hear all and go on doing so.
   */
  double[] cut() throws IOException, InterruptedException {
    CutNetwork cable = network;
    if (cable == null) {
      return new double[] {Double.NaN, Double.NaN, Double.NaN};
    }
    long began = System.nanoTime();
    cable.cut();
    double[] seen = new double[3];
    try {
      seen[0] = await(began, 2, nodes.subList(0, 2));
      seen[1] = await(began, 1, nodes.subList(2, 3));
      Thread.sleep(Math.max(0, CUT_MILLIS - (System.nanoTime() - began) / 1_000_000));
    } finally {
      cable.heal();
    }
    long healed = System.nanoTime();
    long since = 0;
    while (since == 0 || System.nanoTime() - since < STAYS_NANOS) {
      if (nodes.stream().anyMatch(node -> node.hears() != 3)) {
        since = 0;
      } else if (since == 0) {
        since = System.nanoTime();
      }
      if (System.nanoTime() - healed > LIMIT_NANOS) {
        throw new IOException("no merge within three minutes after the cut");
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    seen[2] = (since - healed) / 1e9;
    return seen;
  }

  /** Seconds until the others see that one was killed. */
  double kill() throws IOException, InterruptedException {
    long began = System.nanoTime();
    node(3).gateway().kill();
    return await(began, 2, nodes.subList(0, 2));
  }

  private static double await(long began, int hear, List<ServedNode> nodes)
      throws IOException, InterruptedException {
    while (nodes.stream().anyMatch(node -> node.hears() != hear)) {
      if (System.nanoTime() - began > LIMIT_NANOS) {
        throw new IOException(
            "after three minutes %s hear %s nodes (expected: %d)"
                .formatted(
                    nodes.stream().map(ServedNode::name).toList(),
                    nodes.stream().map(ServedNode::hears).toList(),
                    hear));
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return (System.nanoTime() - began) / 1e9;
  }

  @Override
  public void close() {
    nodes.forEach(ServedNode::close);
  }
}
