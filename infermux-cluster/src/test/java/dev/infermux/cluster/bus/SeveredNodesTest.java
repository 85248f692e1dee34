package dev.infermux.cluster.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.InferResponse;
import dev.infermux.mist.MistType;
import dev.infermux.mist.RawPayload;
import dev.infermux.mist.bus.EnvelopeCodec;
import dev.infermux.nodes.ClusterOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server in a network of its own that is cut off and joined again, and a node here that asks it
 * and hears its events: a minute, as root, with {@code -Dinfermux.cluster.cut=true}.
 */
@EnabledIfSystemProperty(named = "infermux.cluster.cut", matches = "true")
class SeveredNodesTest {

  private static final Duration LONG = Duration.ofSeconds(120);
  private static final int MEMBERS = 15_701;
  private static final int BUS = 15_702;
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  @TempDir private Path folder;

  @Test
  void a_node_that_was_cut_off_hears_and_is_heard_again_after_the_merge() throws Exception {
    try (TwoNetworks networks = new TwoNetworks();
        NodeProcess server =
            NodeProcess.start(networks.within(), folder.resolve("node"), configuration())) {
      Vertx here = new HazelcastClusters().join(new VertxOptions(), own()).await();
      EnvelopeCodec.register(here);
      List<String> heard = new CopyOnWriteArrayList<>();
      here.eventBus()
          .<Envelope>consumer("infermux.events.inference", event -> heard.add("event"))
          .completion()
          .await();
      try {
        await().atMost(LONG).until(() -> answered(here) && !heard.isEmpty());

        networks.cut();
        await().atMost(LONG).until(() -> !answered(here));
        heard.clear();
        networks.heal();

        await().atMost(LONG).until(() -> answered(here));
        await().atMost(LONG).until(() -> answered(here) && !heard.isEmpty());
        for (int i = 0; i < 10; i++) {
          assertThat(answered(here)).isTrue();
        }
        assertThat(server.get("ready")).startsWith("200");
        assertThat(server.get("metrics")).contains("\ninfermux_cluster_nodes 1.0\n");
      } finally {
        here.close().await();
      }
      assertThat(server.terminate()).as(server.said()).isIn(0, 143);
    }
  }

  private static String configuration() {
    return """
    listen: %s:0
    management: { open: true }
    providers: [{ name: mock, type: mock, models: [m] }]
    cluster:
      enabled: true
      name: severed
      host: %s
      port: %d
      bus_port: %d
      members: ["%s:%d", "%s:%d"]
      expected: 1
      heartbeat: 1s
      failure_after: 4s
      remote_calls: true
    """
        .formatted(
            TwoNetworks.THERE,
            TwoNetworks.THERE,
            MEMBERS,
            BUS,
            TwoNetworks.HERE,
            MEMBERS,
            TwoNetworks.THERE,
            MEMBERS);
  }

  private static ClusterOptions own() {
    return ClusterOptions.defaults()
        .withEnabled(true)
        .withName("severed")
        .withHost(TwoNetworks.HERE)
        .withPort(MEMBERS)
        .withBusPort(BUS)
        .withHeartbeat(Duration.ofSeconds(1))
        .withFailureAfter(Duration.ofSeconds(4))
        .withMembers(List.of(TwoNetworks.HERE + ":" + MEMBERS, TwoNetworks.THERE + ":" + MEMBERS));
  }

  private static boolean answered(Vertx asking) {
    Envelope request =
        Envelope.of(
            "asking",
            MistType.INFER_REQUEST,
            new RawPayload(CHAT.getBytes(StandardCharsets.UTF_8)));
    Future<String> answer =
        asking
            .eventBus()
            .<Envelope>request("mist.infer.request", request)
            .map(reply -> reply.body().payloadAs(InferResponse.class).content())
            .otherwise("no");
    return "mock: Hi".equals(answer.await());
  }
}
