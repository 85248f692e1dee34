package dev.infermux.nodes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How this node and others are one cluster.
 *
 * @param enabled whether they are; without, nothing else here counts
 * @param name that all nodes of one cluster have
 * @param host this node's own private address; null = the only one that the machine has
 * @param port where members find each other
 * @param busPort where the event bus listens
 * @param members addresses of some nodes, {@code host} or {@code host:port}
 * @param serviceDns a headless service of Kubernetes that names them instead; null = none
 * @param expected how many nodes there should be
 * @param heartbeat between two signs of life, in whole seconds
 * @param failureAfter without one a node is taken for dead, in whole seconds
 * @param tls of the event bus; null = none
 * @param remoteCalls whether other nodes' calls over the bus are served
 */
public record ClusterOptions(
    boolean enabled,
    String name,
    @Nullable String host,
    int port,
    int busPort,
    List<String> members,
    @Nullable String serviceDns,
    int expected,
    Duration heartbeat,
    Duration failureAfter,
    @Nullable Tls tls,
    boolean remoteCalls) {

  private static final ClusterOptions DEFAULTS =
      new ClusterOptions(
          false,
          "infermux",
          null,
          5701,
          15701,
          List.of(),
          null,
          3,
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          null,
          false);

  public ClusterOptions {
    members = List.copyOf(members);
  }

  /**
   * What a node of the event bus shows, and whom it believes: all files are PEM.
   *
   * @param caFile whoever it has signed is a node, and nobody else
   */
  public record Tls(Path certFile, Path keyFile, Path caFile) {}

  /** A node alone. */
  public static ClusterOptions defaults() {
    return DEFAULTS;
  }

  public ClusterOptions withEnabled(boolean enabled) {
    return with(copy -> copy.enabled = enabled);
  }

  public ClusterOptions withName(String name) {
    return with(copy -> copy.name = name);
  }

  public ClusterOptions withHost(@Nullable String host) {
    return with(copy -> copy.host = host);
  }

  public ClusterOptions withPort(int port) {
    return with(copy -> copy.port = port);
  }

  public ClusterOptions withBusPort(int busPort) {
    return with(copy -> copy.busPort = busPort);
  }

  public ClusterOptions withMembers(List<String> members) {
    return with(copy -> copy.members = members);
  }

  public ClusterOptions withServiceDns(@Nullable String serviceDns) {
    return with(copy -> copy.serviceDns = serviceDns);
  }

  public ClusterOptions withExpected(int expected) {
    return with(copy -> copy.expected = expected);
  }

  public ClusterOptions withHeartbeat(Duration heartbeat) {
    return with(copy -> copy.heartbeat = heartbeat);
  }

  public ClusterOptions withFailureAfter(Duration failureAfter) {
    return with(copy -> copy.failureAfter = failureAfter);
  }

  public ClusterOptions withTls(@Nullable Tls tls) {
    return with(copy -> copy.tls = tls);
  }

  public ClusterOptions withRemoteCalls(boolean remoteCalls) {
    return with(copy -> copy.remoteCalls = remoteCalls);
  }

  private ClusterOptions with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.options();
  }

  /** The components while one of them is replaced. */
  private static final class Copy {
    private boolean enabled;
    private String name;
    private @Nullable String host;
    private int port;
    private int busPort;
    private List<String> members;
    private @Nullable String serviceDns;
    private int expected;
    private Duration heartbeat;
    private Duration failureAfter;
    private @Nullable Tls tls;
    private boolean remoteCalls;

    Copy(ClusterOptions from) {
      enabled = from.enabled;
      name = from.name;
      host = from.host;
      port = from.port;
      busPort = from.busPort;
      members = from.members;
      serviceDns = from.serviceDns;
      expected = from.expected;
      heartbeat = from.heartbeat;
      failureAfter = from.failureAfter;
      tls = from.tls;
      remoteCalls = from.remoteCalls;
    }

    ClusterOptions options() {
      return new ClusterOptions(
          enabled,
          name,
          host,
          port,
          busPort,
          members,
          serviceDns,
          expected,
          heartbeat,
          failureAfter,
          tls,
          remoteCalls);
    }
  }
}
