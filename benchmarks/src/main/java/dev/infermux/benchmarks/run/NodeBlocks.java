package dev.infermux.benchmarks.run;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What the configuration of one node has beyond that of any gateway of a run. */
final class NodeBlocks {
  private static final String BUDGETS =
      """
      budgets:
        state_file: "%s/budgets.json"
        %s
        callers: [{ caller: "*", monthly_usd: 100000000.00, action: hard_stop }]
      """;
  private static final String CLUSTER =
      """
      cluster:
        enabled: true
        name: %s
        host: %s
        port: %d
        bus_port: %d
        members: [%s]
        expected: %d
      """;
  private static final String ASIDE =
      """
      management_listen: "%s:%d"
      management: { open: true }
      """;

  private NodeBlocks() {}

  /** A budget that is far away, with its journal. */
  static String file(Path home) {
    return BUDGETS.formatted(home, "");
  }

  /** The same, shared with others through a database. */
  static String shared(Path home, String url) {
    return BUDGETS.formatted(home, "shared: { url: \"" + url + "\" }");
  }

  /** A place in a cluster: an address, and what listens at it. */
  record Place(String host, int port, int busPort) {}

  static String cluster(String name, Place own, List<Place> all) {
    String members =
        all.stream()
            .map(place -> "\"" + place.host() + ":" + place.port() + "\"")
            .collect(Collectors.joining(", "));
    return CLUSTER.formatted(name, own.host(), own.port(), own.busPort(), members, all.size());
  }

  /** The management API at an address of its own. */
  static String askedAt(String host, int port) {
    return ASIDE.formatted(host, port);
  }
}
