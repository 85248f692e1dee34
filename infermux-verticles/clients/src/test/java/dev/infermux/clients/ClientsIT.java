package dev.infermux.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Real clients with only their base URL changed. The property {@code clients.columns} names the
 * provider types behind InferMux, {@code clients.only} the clients; those of Node and Python are
 * skipped where these or their registries are missing.
 */
@ExtendWith(VertxExtension.class)
class ClientsIT {

  private static final Matrix RESULTS = new Matrix();
  private static final Map<String, Launch.Ended> INSTALLED = new ConcurrentHashMap<>();
  private static final Map<Behind, Column> COLUMNS = new ConcurrentHashMap<>();
  private static Vertx vertx;

  @BeforeAll
  static void start(Vertx shared) {
    vertx = shared;
  }

  @AfterAll
  static void end() {
    COLUMNS.values().forEach(Column::close);
    if (Boolean.getBoolean("clients.record")) {
      RESULTS.record();
    }
  }

  @TestFactory
  Stream<DynamicContainer> clients() {
    String only = System.getProperty("clients.only", "");
    return Clients.all().stream()
        .filter(client -> (client.name() + client.front()).matches(".*(" + only + ").*"))
        .map(client -> dynamicContainer(client.name() + " " + client.front(), columns(client)));
  }

  private static Stream<DynamicContainer> columns(Client client) {
    return Behind.chosen(client.front()).stream()
        .map(behind -> dynamicContainer(behind.text(), scenarios(client, behind)));
  }

  private static Stream<DynamicTest> scenarios(Client client, Behind behind) {
    Map<Scenario, Outcome> outcomes = new ConcurrentHashMap<>();
    Stream<DynamicTest> run =
        Stream.of(dynamicTest("runs", () -> outcomes.putAll(run(client, behind))));
    // Read after the client ran: JUnit runs one test before it asks for the next.
    Stream<DynamicTest> each =
        Arrays.stream(Scenario.values())
            .filter(scenario -> did(outcomes.get(scenario)))
            .map(scenario -> dynamicTest(scenario.text(), () -> check(outcomes.get(scenario))));
    return Stream.concat(run, each);
  }

  private static Map<Scenario, Outcome> run(Client client, Behind behind) {
    if (client.program() instanceof Script script) {
      Launch.Ended installed = INSTALLED.computeIfAbsent(script.language(), Packages::install);
      assumeTrue(installed.ok(), () -> client.name() + " is skipped: " + installed.output());
    }
    Column column = COLUMNS.computeIfAbsent(behind, missing -> Column.start(vertx, missing));
    column.forget();
    Map<Scenario, Outcome> outcomes = client.program().run(column.url());
    Map<Scenario, Outcome> seen = Seen.by(column, outcomes);
    RESULTS.put(client, behind, seen);
    return seen;
  }

  private static boolean did(@Nullable Outcome outcome) {
    return outcome != null && !outcome.equals(Outcome.NONE);
  }

  private static void check(Outcome outcome) {
    assertThat(outcome.result()).as(outcome.detail()).isEqualTo("ok");
  }
}
