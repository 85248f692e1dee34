package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.infermux.api.ChatRequest;
import dev.infermux.config.Config;
import dev.infermux.config.ConfigException;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.http.HttpOptions;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a program takes upon itself with an InferMux, and what it does not. */
@ExtendWith(VertxExtension.class)
class LibraryFootprintTest {

  private static final String LISTENS = "0A";
  private static final int STATE = 3;
  private static final int INODE = 9;

  @Test
  @EnabledOnOs(OS.LINUX)
  void it_answers_calls_without_a_port_and_opens_one_when_told_to(Vertx vertx) throws IOException {
    Set<String> before = listening();
    Config config =
        Config.echo()
            .withHttp(HttpOptions.defaults().withListen(new ListenAddress("127.0.0.1", 0)));

    InferMux infermux = InferMux.create(vertx, config).await();
    assertThat(infermux.chat(ChatRequest.of("echo-v1", "Hi")).await().content())
        .isEqualTo("echo: Hi");
    Set<String> meanwhile = listening();
    infermux.listen().await();
    Set<String> after = listening();
    infermux.close().await();

    meanwhile.removeAll(before);
    after.removeAll(before);
    assertThat(meanwhile).isEmpty();
    assertThat(after).isNotEmpty();
    assertThat(listening()).doesNotContainAnyElementsOf(after);
  }

  @Test
  void a_closed_one_leaves_no_thread_behind(Vertx vertx, @TempDir Path folder) {
    BudgetOptions budgets = BudgetOptions.defaults().withStateFile(folder.resolve("budgets.json"));
    Set<Long> before = threads();

    InferMux infermux = InferMux.create(vertx, Config.echo().withBudgets(budgets)).await();
    infermux.chat(ChatRequest.of("echo-v1", "Hi")).await();
    Set<Long> own = threads();
    own.removeAll(before);
    infermux.close().await();

    assertThat(own).isNotEmpty();
    await().until(() -> Collections.disjoint(threads(), own));
  }

  @Test
  void a_configuration_in_code_fails_with_all_its_problems_and_their_paths(Vertx vertx) {
    Config config =
        Config.defaults()
            .withCircuit(CircuitOptions.defaults().withConsecutiveFailures(0))
            .withProvider(
                ProviderOptions.of("a", ProviderType.OPENAI).withTimeout(Duration.ofSeconds(-1)))
            .withProvider(ProviderOptions.of("a", ProviderType.ECHO));

    assertThatThrownBy(() -> InferMux.create(vertx, config).await())
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .extracting(line -> line.substring(0, line.indexOf(':')))
                    .containsExactlyInAnyOrder(
                        "circuit_breaker.consecutive_failures",
                        "providers[0].timeout",
                        "providers[1].name"));
  }

  /** All threads but those of Vert.x, which are the program's. */
  private static Set<Long> threads() {
    Set<Long> ids = new HashSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!thread.getName().startsWith("vert.x-")) {
        ids.add(thread.getId());
      }
    }
    return ids;
  }

  /** The inodes of this process's sockets that accept connections. */
  private static Set<String> listening() throws IOException {
    Set<String> inodes = new HashSet<>();
    for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] columns = line.trim().split(" +");
        if (columns[STATE].equals(LISTENS)) {
          inodes.add("socket:[" + columns[INODE] + "]");
        }
      }
    }
    Set<String> own = new HashSet<>();
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : open.toList()) {
        if (Files.isSymbolicLink(file)) {
          own.add(Files.readSymbolicLink(file).toString());
        }
      }
    }
    inodes.retainAll(own);
    return inodes;
  }
}
