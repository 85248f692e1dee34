package dev.infermux.cluster.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.cluster.bus.NodeProcess;
import dev.infermux.cluster.bus.NodeProcess.Program;
import dev.infermux.cluster.postgres.TestPostgres;
import dev.infermux.tokentrace.testing.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers, each a process of its own, in one cluster, that go from one version of the program to
 * the next under load, one after the other, while the others answer: two, of which the last only
 * ends; or three, and more calls, in a minute with {@code -Dinfermux.nodes.rolling=true}. The
 * version before is this one under another name, or the one that {@code
 * -Dinfermux.nodes.old=…/infermux.jar} names, with its infermux-cluster.jar where a checkout or a
 * package has it.
 */
class RollingVersionsTest {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String OLD = System.getProperty("infermux.nodes.old", "");
  private static final boolean LONG_FORM =
      !OLD.isEmpty() || Boolean.getBoolean("infermux.nodes.rolling");
  private static final int SERVERS = LONG_FORM ? 3 : 2;

  /** The last of the short form only ends. */
  private static final int UPDATED = LONG_FORM ? 3 : 1;

  private static final int CALLS = LONG_FORM ? 300 : 60;

  private final List<Integer> ports = new ArrayList<>();

  @TempDir private Path directory;

  @Test
  void no_call_fails_between_two_versions_and_nothing_is_left_authorised() throws Exception {
    for (int i = 0; i < 2 * SERVERS; i++) {
      ports.add(FreePort.next());
    }
    List<NodeProcess> started = new ArrayList<>();
    TestPostgres postgres = TestPostgres.shared();
    String database = TestPostgres.unused("versions");
    try {
      String url = postgres.database(database);
      List<Server> servers = new ArrayList<>();
      for (int i = 0; i < SERVERS; i++) {
        servers.add(start(before(), i, url, started));
      }
      servers.forEach(RollingVersionsTest::ready);
      Balancer balancer = new Balancer(servers);
      try (balancer) {
        for (int i = 0; i < SERVERS; i++) {
          answers(balancer);
          Server old = servers.remove(0);
          balancer.remove(old);
          ended(balancer, old);
          RolledBooks.oneLeft(postgres, database, SERVERS - 1);
          if (i < UPDATED) {
            Server next = start(after(), i, url, started);
            ready(next);
            if (OLD.isEmpty()) {
              RolledBooks.versions(postgres, database, i < SERVERS - 1 ? 2 : 1);
            }
            balancer.add(next);
            servers.add(next);
          }
        }
        answers(balancer);
      }
      for (Server server : servers) {
        assertThat(server.process.terminate()).as(server.process.said()).isIn(0, 143);
      }

      assertThat(balancer.failures()).isEmpty();
      RolledBooks.allLeft(postgres, database, SERVERS + UPDATED, balancer.answered());
      System.out.println(balancer.answered() + " calls were answered while the versions changed");
    } finally {
      started.forEach(NodeProcess::close);
    }
  }

  /** A process, and where it answers. */
  private record Server(NodeProcess process, String address) implements Balancer.Serving {
    @Override
    public URI url(String path) {
      return URI.create(address + path);
    }
  }

  private Server start(Program program, int number, String url, List<NodeProcess> started)
      throws IOException {
    NodeProcess process =
        NodeProcess.start(program, directory.resolve("node-" + number), configuration(number, url));
    started.add(process);
    return new Server(process, process.url());
  }

  private static void ready(Server server) {
    await().atMost(LONG).until(() -> server.process.get("ready").startsWith("200"));
  }

  /** As a rolling update ends one: out of turn first. */
  private static void ended(Balancer balancer, Server server) throws InterruptedException {
    await().atMost(LONG).until(() -> balancer.unanswered(server) == 0);
    assertThat(server.process.terminate()).as(server.process.said()).isIn(0, 143);
  }

  private static void answers(Balancer balancer) {
    int from = balancer.answered();
    await()
        .atMost(LONG)
        .until(() -> balancer.answered() >= from + CALLS || !balancer.failures().isEmpty());
    assertThat(balancer.failures()).isEmpty();
  }

  private static Program after() {
    return new Program(List.of(), Program.TESTED.classPath(), "60s");
  }

  private Program before() throws IOException {
    if (!OLD.isEmpty()) {
      return new Program(List.of(), OLD, "60s");
    }
    Path version = directory.resolve("before").resolve("dev/infermux/version.properties");
    Files.createDirectories(version.getParent());
    Files.writeString(version, "version=0.0.1\n");
    String before = directory.resolve("before") + File.pathSeparator;
    return new Program(List.of(), before + Program.TESTED.classPath(), "60s");
  }

  private String configuration(int number, String url) {
    return """
    listen: 127.0.0.1:0
    providers:
      - name: lab
        type: mock
        models: [m, slow]
        mock:
          models:
            m: 'usage-20/8+text-"Forty-two."'
            slow: 'pace-50ms+usage-20/8+text-"one two three four five six seven eight"'
    pricing:
      lab:
        m: { input_per_million: 1, output_per_million: 10 }
        slow: { input_per_million: 1, output_per_million: 10 }
    budgets:
      state_file: %s
      reserve_output_tokens: 100
      shared: { url: "%s" }
      callers: [{ caller: "*", monthly_usd: 1000, action: hard_stop }]
    """
            .formatted(directory.resolve("node-" + number).resolve("budgets.json"), url)
        + cluster(number);
  }

  private String cluster(int number) {
    List<String> members = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      members.add("\"127.0.0.1:" + ports.get(2 * i) + "\"");
    }
    return """
    cluster:
      enabled: true
      host: 127.0.0.1
      port: %d
      bus_port: %d
      members: %s
      expected: %d
    """
        .formatted(ports.get(2 * number), ports.get(2 * number + 1), members, SERVERS);
  }
}
