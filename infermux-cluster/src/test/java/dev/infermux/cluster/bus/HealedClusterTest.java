package dev.infermux.cluster.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import dev.infermux.cluster.processes.FaultyProxy;
import dev.infermux.cluster.processes.FaultyProxy.Fault;
import dev.infermux.nodes.ClusterOptions;
import dev.infermux.tokentrace.testing.FreePort;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.spi.cluster.ClusterManager;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Two nodes in this JVM whose members and buses reach each other through proxies that cut and join
 * them: what each keeps of the other's listeners is right again after the merge.
 */
class HealedClusterTest {

  private static final Duration LONG = Duration.ofSeconds(90);

  private final List<FaultyProxy> proxies = new ArrayList<>();
  private final int[] ports = new int[4];

  /** Which node has heard what, as {@code address<from>to}. */
  private final Set<String> heard = ConcurrentHashMap.newKeySet();

  @Test
  void routes_of_both_nodes_are_right_again_after_a_cut_in_which_they_were_used() throws Exception {
    for (int i = 0; i < ports.length; i++) {
      ports[i] = FreePort.next();
      proxies.add(new FaultyProxy(ports[i]));
    }
    ClusterManager[] managers = new ClusterManager[2];
    List<Vertx> nodes = new ArrayList<>();
    try {
      for (int node = 0; node < 2; node++) {
        managers[node] = manager(HealingClusterManager::new, node);
        nodes.add(join(managers[node], node));
        listen(nodes.get(node), node, "both");
        listen(nodes.get(node), node, "only-" + node);
      }
      await().atMost(LONG).until(() -> reaches(nodes));

      proxies.forEach(proxy -> proxy.fault(Fault.STALLED));
      proxies.forEach(FaultyProxy::cut);
      await()
          .atMost(LONG)
          .until(() -> managers[0].getNodes().size() == 1 && managers[1].getNodes().size() == 1);
      // Routes are asked for in the cut, so that there is something to forget afterwards.
      await().atMost(LONG).until(() -> alone(nodes));

      proxies.forEach(proxy -> proxy.fault(Fault.NONE));
      proxies.forEach(FaultyProxy::cut);

      await()
          .atMost(LONG)
          .until(() -> managers[0].getNodes().size() == 2 && managers[1].getNodes().size() == 2);
      await().atMost(LONG).until(() -> reaches(nodes));
      assertThat(reaches(nodes)).isTrue();
    } finally {
      nodes.forEach(node -> node.close().await());
      proxies.forEach(FaultyProxy::close);
    }
  }

  private Vertx join(ClusterManager manager, int node) {
    EventBusOptions bus =
        new EventBusOptions()
            .setHost("127.0.0.1")
            .setPort(ports[2 * node + 1])
            .setClusterPublicHost("127.0.0.1")
            .setClusterPublicPort(proxies.get(2 * node + 1).port())
            .setClusterPingInterval(1_000)
            .setClusterPingReplyInterval(1_000);
    return Vertx.builder()
        .with(new VertxOptions().setEventLoopPoolSize(1).setEventBusOptions(bus))
        .withClusterManager(manager)
        .buildClustered()
        .await();
  }

  private ClusterManager manager(Function<Config, ClusterManager> manager, int node)
      throws Exception {
    ClusterOptions options =
        ClusterOptions.defaults()
            .withEnabled(true)
            .withName("healed-" + ProcessHandle.current().pid())
            .withHost("127.0.0.1")
            .withPort(ports[2 * node])
            .withHeartbeat(Duration.ofSeconds(1))
            .withFailureAfter(Duration.ofSeconds(3))
            .withMembers(List.of(shown(0), shown(1)));
    Config config = MemberConfig.of(options, InetAddress.getByName("127.0.0.1"));
    config.getNetworkConfig().setPublicAddress(shown(node));
    config
        .setProperty("hazelcast.merge.first.run.delay.seconds", "1")
        .setProperty("hazelcast.merge.next.run.delay.seconds", "1");
    return manager.apply(config);
  }

  /** Where the members of others look for a node's. */
  private String shown(int node) {
    return "127.0.0.1:" + proxies.get(2 * node).port();
  }

  private void listen(Vertx vertx, int node, String address) {
    vertx
        .eventBus()
        .<String>consumer(address, message -> heard.add(address + message.body() + node))
        .completion()
        .await();
  }

  private void publish(List<Vertx> nodes) {
    for (int from = 0; from < 2; from++) {
      for (String address : List.of("both", "only-0", "only-1")) {
        nodes.get(from).eventBus().publish(address, "<" + from + ">");
      }
    }
  }

  /** Whether everybody hears everybody at every address, within a moment. */
  private boolean reaches(List<Vertx> nodes) {
    return hears(
        nodes,
        Set.of(
            "both<0>0",
            "both<0>1",
            "both<1>0",
            "both<1>1",
            "only-0<0>0",
            "only-0<1>0",
            "only-1<0>1",
            "only-1<1>1"));
  }

  /** Whether each hears itself alone. */
  private boolean alone(List<Vertx> nodes) {
    return hears(nodes, Set.of("both<0>0", "both<1>1", "only-0<0>0", "only-1<1>1"));
  }

  private boolean hears(List<Vertx> nodes, Set<String> wanted) {
    heard.clear();
    publish(nodes);
    try {
      await().atMost(Duration.ofSeconds(1)).until(() -> heard.containsAll(wanted));
      return heard.equals(wanted);
    } catch (org.awaitility.core.ConditionTimeoutException late) {
      return false;
    }
  }
}
