package dev.infermux.cluster.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.infermux.cluster.postgres.TestPostgres;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway of this version in an update to the next: what a node of the next one has made of the
 * tables, simulated in a real PostgreSQL.
 */
class NewerTablesTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final TestPostgres postgres = TestPostgres.shared();

  @TempDir private Path directory;

  @Test
  void gateway_goes_on_and_starts_again_while_the_update_rolls() {
    String additive = TestPostgres.unused("additive");
    String url = postgres.database(additive);
    try (HeardLog log = new HeardLog();
        Node running = start(url, "running")) {
      try (Node restarted = start(url, "restarted")) {
        restarted.calls(2);
      }
      running.calls(2);
      assertThat(log.lines()).isEmpty();

      postgres.sql(
          additive,
          """
          ALTER TABLE infermux.lease ADD COLUMN weight int NOT NULL DEFAULT 1;
          ALTER TABLE infermux.cost_entry ADD COLUMN region text;
          CREATE TABLE infermux.novelty (what text PRIMARY KEY);
          UPDATE infermux.meta SET version = version + 1;
          """);

      running.calls(2);
      try (Node restarted = start(url, "restarted")) {
        restarted.calls(2);
        assertThat(restarted.ready()).isEqualTo(200);
        assertThat(log.containing("made by a newer InferMux")).isNotEmpty().allMatch(this::clear);
        await()
            .atMost(LONG)
            .until(
                () -> {
                  JsonObject tables =
                      new JsonObject(restarted.get("nodes").body()).getJsonObject("tables");
                  return tables != null
                      && tables.getInteger("version") == tables.getInteger("known") + 1;
                });
        assertThat(restarted.metric("infermux_lease_versions")).isEqualTo(1);
      }
      running.calls(2);
    }
    postgres.sql(
        additive,
        """
        DO $$ BEGIN
          ASSERT (SELECT count(*) FROM infermux.holder WHERE state <> 'left') = 0, 'holders';
          ASSERT (SELECT bool_and(authorised = settled AND kept = 0) FROM infermux.budget), 'books';
          ASSERT (SELECT sum(nanos) FROM infermux.cost_hour) = %d, 'costs';
        END $$
        """
            .formatted(10 * Node.CALL_NANOS));
  }

  @Test
  void gateway_refuses_tables_that_bear_it_no_more_and_goes_on_where_it_runs() {
    String incompatible = TestPostgres.unused("incompatible");
    String url = postgres.database(incompatible);
    try (Node running = start(url, "running")) {
      running.calls(1);
      postgres.sql(
          incompatible, "UPDATE infermux.meta SET version = version + 1, bears = version + 1");

      assertThatThrownBy(() -> start(url, "other"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("budgets.shared.url: the database: its tables are of version")
          .hasMessageContaining("expected: a newer InferMux");
      running.calls(1);
    }
  }

  private boolean clear(String line) {
    return line.startsWith("budgets.shared: ") && line.endsWith("works with them");
  }

  private Node start(String url, String name) {
    return Node.start(url, directory.resolve(name + ".json"), "1000");
  }
}
