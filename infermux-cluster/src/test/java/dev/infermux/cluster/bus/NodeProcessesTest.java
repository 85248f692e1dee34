package dev.infermux.cluster.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.InferResponse;
import dev.infermux.mist.MistType;
import dev.infermux.mist.RawPayload;
import dev.infermux.mist.bus.EnvelopeCodec;
import dev.infermux.nodes.ClusterOptions;
import dev.infermux.tokentrace.testing.FreePort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers as processes, and a third node that asks them over the bus: half a minute, with
 * {@code -Dinfermux.cluster.processes=true}.
 */
class NodeProcessesTest {

  private static final Duration LONG = Duration.ofSeconds(90);
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  private final String name = "processes-" + ProcessHandle.current().pid();
  private final int[] ports = new int[6];

  @TempDir private Path folder;

  @Test
  @EnabledIfSystemProperty(named = "infermux.cluster.processes", matches = "true")
  void servers_answer_over_the_bus_and_one_that_is_killed_is_missed() throws Exception {
    for (int i = 0; i < ports.length; i++) {
      ports[i] = FreePort.next();
    }
    try (NodeProcess first = node(0);
        NodeProcess second = node(1)) {
      await().atMost(LONG).until(() -> first.get("ready").startsWith("200"));
      await().atMost(LONG).until(() -> second.get("ready").startsWith("200"));
      assertThat(first.get("metrics")).contains("\ninfermux_cluster_nodes 2.0\n");
      Vertx asking =
          new HazelcastClusters().join(new VertxOptions().setEventLoopPoolSize(1), own()).await();
      EnvelopeCodec.register(asking);
      try {
        await().atMost(LONG).until(() -> "mock: Hi".equals(ask(asking).otherwise("no").await()));
        for (int i = 0; i < 10; i++) {
          assertThat(ask(asking).await()).isEqualTo("mock: Hi");
        }

        first.kill();

        await()
            .atMost(LONG)
            .until(() -> second.get("metrics").contains("\ninfermux_cluster_nodes 1.0\n"));
        await()
            .atMost(LONG)
            .until(() -> "mock: Hi".equals(ask(asking).otherwise("nobody").await()));
        assertThat(second.get("ready")).startsWith("200");
        assertThat(second.terminate()).as(second.said()).isIn(0, 143);
      } finally {
        asking.close().await();
      }
    }
  }

  @Test
  void a_server_that_may_not_listen_so_says_why_and_ends() throws Exception {
    NodeProcess refused =
        NodeProcess.start(
            folder.resolve("refused"),
            "providers: [{ name: e, type: echo }]\n"
                + "cluster: { enabled: true, members: [a], host: 198.51.100.7 }\n");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.said()).contains("cluster.host", "whoever reaches the port is a member");
  }

  private NodeProcess node(int number) throws Exception {
    return NodeProcess.start(
        folder.resolve("node-" + number),
        """
        listen: 127.0.0.1:0
        providers: [{ name: mock, type: mock, models: [m] }]
        cluster:
          enabled: true
          name: %s
          host: 127.0.0.1
          port: %d
          bus_port: %d
          members: ["127.0.0.1:%d", "127.0.0.1:%d"]
          expected: 2
          heartbeat: 1s
          failure_after: 4s
          remote_calls: true
        """
            .formatted(name, ports[2 * number], ports[2 * number + 1], ports[0], ports[2]));
  }

  private ClusterOptions own() {
    return ClusterOptions.defaults()
        .withEnabled(true)
        .withName(name)
        .withHost("127.0.0.1")
        .withPort(ports[4])
        .withBusPort(ports[5])
        .withHeartbeat(Duration.ofSeconds(1))
        .withFailureAfter(Duration.ofSeconds(4))
        .withMembers(List.of("127.0.0.1:" + ports[0], "127.0.0.1:" + ports[2]));
  }

  private static Future<String> ask(Vertx asking) {
    Envelope request =
        Envelope.of(
            "asking",
            MistType.INFER_REQUEST,
            new RawPayload(CHAT.getBytes(StandardCharsets.UTF_8)));
    return asking
        .eventBus()
        .<Envelope>request("mist.infer.request", request)
        .map(reply -> reply.body().payloadAs(InferResponse.class).content());
  }
}
