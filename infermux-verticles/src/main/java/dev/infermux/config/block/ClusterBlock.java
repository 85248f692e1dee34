package dev.infermux.config.block;

import dev.infermux.config.schema.Durations;
import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Numbers;
import dev.infermux.config.schema.Part;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Shape.ListOf;
import dev.infermux.config.schema.Shape.One;
import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.Node;
import dev.infermux.network.CaFile;
import dev.infermux.nodes.ClusterOptions;
import dev.infermux.nodes.PrivateAddresses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code cluster}: how this node and others are one. */
public final class ClusterBlock {
  private static final ClusterOptions DEFAULTS = ClusterOptions.defaults();
  private static final Path NOWHERE = Path.of("");
  private static final int MOST_PORTS = 65535;
  private static final Pattern MEMBER =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+)(:([0-9]{1,5}))?");

  private static final Key<Boolean> ENABLED =
      Key.of(
          "enabled",
          Texts.flag(),
          DEFAULTS.enabled(),
          "Whether this node joins others; it needs the module `infermux-cluster`.");
  private static final Key<String> NAME =
      Key.of("name", Texts.name(128), DEFAULTS.name(), "The same on all nodes of one cluster.");
  private static final Key<String> HOST =
      Key.optional(
          "host",
          Texts.optional("host"),
          "This node's private address, which both ports are bound to; absent = the only one that"
              + " the machine has.");
  private static final Key<Integer> PORT =
      Key.of("port", Numbers.whole(1), DEFAULTS.port(), "Where the members find each other.");
  private static final Key<Integer> BUS_PORT =
      Key.of("bus_port", Numbers.whole(1), DEFAULTS.busPort(), "Where the event bus listens.");
  private static final Part MEMBERS =
      Part.of(
          "members",
          new ListOf(new One(Texts.name(300))),
          "Some nodes' addresses, `host` or `host:port`; it finds the others through them.");
  private static final Key<String> SERVICE_DNS =
      Key.optional(
          "service_dns",
          Texts.optional("name"),
          "The full name of a headless service whose pods are the nodes.");
  private static final Block KUBERNETES_BLOCK = Block.of(SERVICE_DNS);
  private static final Part KUBERNETES =
      Part.of("kubernetes", KUBERNETES_BLOCK, "In place of `members`.");
  private static final Key<Integer> EXPECTED =
      Key.of(
          "expected",
          Numbers.whole(1),
          DEFAULTS.expected(),
          "How many nodes there are when all is well; a node that is cut off keeps such a part of"
              + " each rate limit.");
  private static final Key<Duration> HEARTBEAT =
      Key.of(
          "heartbeat",
          Durations.positive(),
          DEFAULTS.heartbeat(),
          "Time between two signs of life, in whole seconds.");
  private static final Key<Duration> FAILURE_AFTER =
      Key.of(
          "failure_after",
          Durations.positive(),
          DEFAULTS.failureAfter(),
          "Without one for so long a node is taken for dead, in whole seconds.");
  private static final Key<Path> CERT_FILE =
      Key.required("cert_file", Texts.path(), "What this node shows the others, PEM.");
  private static final Key<Path> KEY_FILE =
      Key.required("key_file", Texts.path(), "Its private key, PEM.");
  private static final Key<Path> CA_FILE =
      Key.required(
          "ca_file", Texts.path(), "Whoever it has signed is a node, and nobody else, PEM.");
  private static final Block TLS_BLOCK = Block.of(CERT_FILE, KEY_FILE, CA_FILE);
  private static final Part TLS =
      Part.of(
          "tls",
          TLS_BLOCK,
          "TLS with client certificates on `bus_port`; absent = none. `port` has none.");
  private static final Key<Boolean> REMOTE_CALLS =
      Key.of(
          "remote_calls",
          Texts.flag(),
          DEFAULTS.remoteCalls(),
          "Whether `mist.infer.request` of other nodes is served here.");

  public static final Block BLOCK =
      Block.of(
          ENABLED,
          NAME,
          HOST,
          PORT,
          BUS_PORT,
          MEMBERS,
          KUBERNETES,
          EXPECTED,
          HEARTBEAT,
          FAILURE_AFTER,
          TLS,
          REMOTE_CALLS);

  private ClusterBlock() {}

  public static ClusterOptions read(Fields fields) {
    boolean enabled = fields.get(ENABLED);
    List<String> members = members(fields.at(MEMBERS));
    Fields kubernetes = fields.at(KUBERNETES).fields(KUBERNETES_BLOCK);
    String serviceDns = kubernetes.find(SERVICE_DNS).orElse(null);
    checkDiscovery(fields, enabled, members, serviceDns);
    Duration heartbeat = seconds(fields, HEARTBEAT);
    Duration failureAfter = seconds(fields, FAILURE_AFTER);
    if (failureAfter.compareTo(heartbeat.multipliedBy(2)) < 0) {
      fields.at(FAILURE_AFTER).refuse("at least twice the heartbeat");
    }
    return new ClusterOptions(
        enabled,
        fields.get(NAME),
        host(fields).orElse(null),
        port(fields, PORT),
        busPort(fields),
        members,
        serviceDns,
        fields.get(EXPECTED),
        heartbeat,
        failureAfter,
        tls(fields.at(TLS)),
        fields.get(REMOTE_CALLS));
  }

  private static void checkDiscovery(
      Fields fields, boolean enabled, List<String> members, @Nullable String serviceDns) {
    Node node = fields.at(MEMBERS);
    if (!enabled) {
      return;
    } else if (serviceDns != null && !members.isEmpty()) {
      node.wrong("no members beside kubernetes.service_dns");
    } else if (serviceDns == null && members.isEmpty()) {
      node.report()
          .problem(
              node.path(),
              node.absent() ? "missing" : "[]",
              "the address of at least one node, or kubernetes.service_dns");
    }
  }

  private static Optional<String> host(Fields fields) {
    Optional<String> host = fields.find(HOST).filter(text -> !text.isEmpty());
    host.flatMap(PrivateAddresses::problem)
        .ifPresent(
            problem ->
                fields
                    .at(HOST)
                    .refuse(
                        "a private address of this machine, such as 10.0.0.5, and not "
                            + problem
                            + ": whoever reaches the port is a member"));
    return host;
  }

  private static int busPort(Fields fields) {
    int port = port(fields, BUS_PORT);
    if (port == fields.get(PORT)) {
      (fields.at(BUS_PORT).absent() ? fields.at(PORT) : fields.at(BUS_PORT))
          .refuse("two different ports for port and bus_port");
    }
    return port;
  }

  private static int port(Fields fields, Key<Integer> key) {
    int port = fields.get(key);
    if (port > MOST_PORTS) {
      fields.at(key).refuse("a port from 1 to " + MOST_PORTS);
      return DEFAULTS.port();
    }
    return port;
  }

  private static Duration seconds(Fields fields, Key<Duration> key) {
    Duration time = fields.get(key);
    if (time.toMillis() % 1000 != 0) {
      fields.at(key).refuse("whole seconds");
    }
    return time;
  }

  private static List<String> members(Node node) {
    List<String> members = new ArrayList<>();
    for (Node item : node.items()) {
      item.need(Texts.name(300))
          .ifPresent(
              member -> {
                if (!isMember(member)) {
                  item.refuse("an address such as 10.0.0.5, node-2 or 10.0.0.5:5701");
                }
                members.add(member);
              });
    }
    return members;
  }

  private static boolean isMember(String member) {
    Matcher parts = MEMBER.matcher(member);
    if (!parts.matches()) {
      return false;
    }
    int port = parts.group(3) == null ? DEFAULTS.port() : Integer.parseInt(parts.group(3));
    return port >= 1 && port <= MOST_PORTS;
  }

  private static ClusterOptions.@Nullable Tls tls(Node node) {
    if (node.absent()) {
      return null;
    }
    Fields fields = node.fields(TLS_BLOCK);
    Path certificate = fields.need(CERT_FILE, NOWHERE);
    Path key = fields.need(KEY_FILE, NOWHERE);
    Path authority =
        NamedFiles.check(fields.at(CA_FILE), fields.need(CA_FILE, NOWHERE), CaFile::read);
    if (!certificate.equals(NOWHERE) && !key.equals(NOWHERE)) {
      NamedFiles.checkPair(fields.at(CERT_FILE), certificate, fields.at(KEY_FILE), key);
    }
    return new ClusterOptions.Tls(certificate, key, authority);
  }
}
