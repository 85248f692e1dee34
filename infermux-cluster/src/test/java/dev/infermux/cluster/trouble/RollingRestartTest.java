package dev.infermux.cluster.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.cluster.postgres.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three gateways under load that are ended and started again one after the other, as a rolling
 * update does: out of turn, drained, gone, back. {@code -Dinfermux.nodes.rounds=100} for long.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class RollingRestartTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int ROUNDS = Integer.getInteger("infermux.nodes.rounds", 1);
  private static final String DATABASE = "rolling";

  @TempDir private Path directory;

  @Test
  void no_call_fails_and_nothing_is_left_authorised() {
    try (TestPostgres postgres = TestPostgres.start()) {
      String url = postgres.database(DATABASE);
      List<Node> nodes = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        nodes.add(start(url, i));
      }
      Balancer balancer = new Balancer(nodes);
      try (balancer) {
        for (int i = 0; i < 3 * ROUNDS; i++) {
          restart(postgres, url, nodes, i % 3, balancer);
        }
        answers(balancer, 60);
      }
      nodes.forEach(Node::close);

      assertThat(balancer.failures()).isEmpty();
      RolledBooks.allLeft(postgres, DATABASE, 3 + 3 * ROUNDS, balancer.answered());
    }
  }

  private Node start(String url, int number) {
    return Node.start(url, directory.resolve("node-" + number + ".json"), "1000");
  }

  private void restart(
      TestPostgres postgres, String url, List<Node> nodes, int which, Balancer balancer) {
    answers(balancer, 60);
    Node node = nodes.get(which);
    balancer.remove(node);
    // Streams are under way there.
    await().atMost(LONG).until(() -> balancer.unanswered(node) == 0);
    node.stop(Duration.ofSeconds(30));
    RolledBooks.oneLeft(postgres, DATABASE, 2);
    Node again = start(url, which);
    await().atMost(LONG).until(() -> again.ready() == 200);
    nodes.set(which, again);
    balancer.add(again);
  }

  /** Waits for so many more. */
  private static void answers(Balancer balancer, int more) {
    int from = balancer.answered();
    await()
        .atMost(LONG)
        .until(() -> balancer.answered() >= from + more || !balancer.failures().isEmpty());
    assertThat(balancer.failures()).isEmpty();
  }
}
