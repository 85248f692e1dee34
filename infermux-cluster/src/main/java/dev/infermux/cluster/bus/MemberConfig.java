package dev.infermux.cluster.bus;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;
import com.hazelcast.config.NetworkConfig;
import dev.infermux.nodes.ClusterOptions;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;

/**
 * How Hazelcast runs in a node: bound to one address, finding others by their addresses or by DNS
 * and by nothing else, told of the dead in seconds and merging again in seconds. Its own defaults
 * see a node that is paused after a minute and heal a split after five.
 */
final class MemberConfig {

  private static final String MERGE_SECONDS = "10";

  /** So long a node looks for a master before it asks the others whether it may be it. */
  private static final int SEARCH_SECONDS = 2;

  private MemberConfig() {}

  static Config of(ClusterOptions options, InetAddress host) {
    Config config = new Config().setClusterName(options.name());
    config
        .setProperty("hazelcast.logging.type", "slf4j")
        .setProperty("hazelcast.phone.home.enabled", "false")
        .setProperty("hazelcast.shutdownhook.enabled", "false")
        .setProperty("hazelcast.wait.seconds.before.join", gathering(options))
        .setProperty("hazelcast.max.join.seconds", "30")
        .setProperty("hazelcast.heartbeat.interval.seconds", seconds(options.heartbeat()))
        .setProperty("hazelcast.max.no.heartbeat.seconds", seconds(options.failureAfter()))
        .setProperty("hazelcast.merge.first.run.delay.seconds", MERGE_SECONDS)
        .setProperty("hazelcast.merge.next.run.delay.seconds", MERGE_SECONDS)
        // Else it listens at every address of the machine, whatever its interfaces say.
        .setProperty("hazelcast.socket.bind.any", "false")
        .setProperty("hazelcast.socket.server.bind.any", "false")
        .setProperty("hazelcast.socket.client.bind.any", "false");
    if (host instanceof Inet6Address) {
      config.setProperty("hazelcast.prefer.ipv4.stack", "false");
    }
    // It may be loaded beside the program, where its threads would not look for its classes.
    config.setClassLoader(MemberConfig.class.getClassLoader());
    small(config);
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(options.port()).setPortAutoIncrement(false);
    network.getInterfaces().setEnabled(true).addInterface(host.getHostAddress());
    join(network.getJoin(), options);
    // As the cluster manager's own defaults have it.
    config.getMultiMapConfig("__vertx.subs").setValueCollectionType(ValueCollectionType.SET);
    return config;
  }

  /** It holds who listens where, and nothing else. */
  private static void small(Config config) {
    config.getJetConfig().setEnabled(false);
    config.getMetricsConfig().setEnabled(false);
    config
        .setProperty("hazelcast.health.monitoring.level", "OFF")
        .setProperty("hazelcast.operation.thread.count", "2")
        .setProperty("hazelcast.operation.generic.thread.count", "2")
        .setProperty("hazelcast.io.thread.count", "1")
        .setProperty("hazelcast.event.thread.count", "1")
        .setProperty("hazelcast.clientengine.thread.count", "1")
        .setProperty("hazelcast.clientengine.query.thread.count", "1")
        .setProperty("hazelcast.clientengine.blocking.thread.count", "1");
  }

  /**
   * How long the first node waits for more before it takes any in. By DNS it is also for how long
   * names are looked up at all: without any time each node would begin a cluster of its own.
   */
  private static String gathering(ClusterOptions options) {
    return options.serviceDns() == null ? "0" : "1";
  }

  private static void join(JoinConfig join, ClusterOptions options) {
    join.getAutoDetectionConfig().setEnabled(false);
    join.getTcpIpConfig().setConnectionTimeoutSeconds(SEARCH_SECONDS);
    join.getMulticastConfig().setEnabled(false);
    String dns = options.serviceDns();
    if (dns != null) {
      join.getKubernetesConfig()
          .setEnabled(true)
          .setProperty("service-dns", dns)
          .setProperty("service-port", Integer.toString(options.port()));
      return;
    }
    join.getTcpIpConfig().setEnabled(true);
    for (String member : options.members()) {
      join.getTcpIpConfig().addMember(withPort(member, options.port()));
    }
  }

  /** Without a port it would try those behind its own, and so speak to what listens there. */
  private static String withPort(String member, int port) {
    boolean has = member.startsWith("[") ? member.contains("]:") : member.contains(":");
    return has ? member : member + ":" + port;
  }

  private static String seconds(Duration time) {
    return Long.toString(Math.max(1, time.toSeconds()));
  }
}
