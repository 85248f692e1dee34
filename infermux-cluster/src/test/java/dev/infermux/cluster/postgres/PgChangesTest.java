package dev.infermux.cluster.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.cluster.changes.ChangeLogContract;
import dev.infermux.cluster.lease.ChangeLog;
import dev.infermux.cluster.lease.SharedStore;
import dev.infermux.ledger.NodesLedger.Changes;
import dev.infermux.ledger.NodesLedger.Node;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Changes in a real PostgreSQL. */
class PgChangesTest extends ChangeLogContract {

  private static Vertx vertx;
  private static TestPostgres postgres;
  private static String url;
  private static SharedStore store;
  private static PgConnection sql;

  @BeforeAll
  static void server() {
    postgres = TestPostgres.shared();
    url = postgres.database(TestPostgres.unused("changes"));
    vertx = Vertx.vertx();
    store = PgStoreTest.store(vertx, "infermux", url);
    get(store.register(UUID.randomUUID()));
    sql = get(PgConnection.connect(vertx, url));
  }

  @AfterAll
  static void end() {
    if (vertx != null) {
      get(store.close());
      get(vertx.close());
    }
  }

  @Override
  protected ChangeLog log() {
    return store;
  }

  @Override
  protected void clear() {
    get(
        sql.query(
                "TRUNCATE infermux.change, infermux.change_history, infermux.change_applied,"
                    + " infermux.holder, infermux.lease; UPDATE infermux.change_version SET version"
                    + " = 0")
            .execute());
  }

  @Test
  void nodes_are_listed_with_what_they_have_in_force() {
    get(store.register(one));
    get(store.register(two));
    change(0, set("provider", "a", "{}"));
    get(store.applied(one, 0, List.of()));
    get(store.applied(one, 1, List.of("provider a: \\ \0")));

    List<Node> nodes = get(store.nodes(one));

    assertThat(nodes).hasSize(2);
    for (Node node : nodes) {
      assertThat(node.changes())
          .isEqualTo(
              node.holder().equals(one) ? new Changes(1, 1, List.of("provider a: \\ \0")) : null);
    }
  }

  @Test
  void who_has_changed_what_is_written_down() {
    change(0, set("provider", "a", "{}"));

    Row row = get(sql.query("SELECT * FROM infermux.change_history").execute()).iterator().next();

    assertThat(row.getLong("version")).isEqualTo(1);
    assertThat(row.getString("name")).isEqualTo("a");
    assertThat(row.getUUID("holder")).isEqualTo(one);
  }

  @Test
  void tables_of_version_1_are_brought_up_to_date_while_its_nodes_go_on() throws IOException {
    String name = TestPostgres.unused("older");
    String older = postgres.database(name);
    postgres.sql(
        name,
        "CREATE SCHEMA infermux; CREATE TABLE infermux.meta (one boolean PRIMARY KEY DEFAULT true"
            + " CHECK (one), version int NOT NULL, cluster text NOT NULL); INSERT INTO"
            + " infermux.meta (version, cluster) VALUES (1, 'infermux');"
            + script("schema-1.sql"));
    PgConnection old = get(PgConnection.connect(vertx, older));
    get(
        old.query(
                "INSERT INTO infermux.holder (holder, node, version, state, lost_after) VALUES ('"
                    + one
                    + "', 'old', '0', 'active', interval '10 min')")
            .execute());
    step(old, 1, 10);

    SharedStore newer = PgStoreTest.store(vertx, "infermux", older);
    get(newer.register(two));

    step(old, 2, 20);
    get(old.query("UPDATE infermux.holder SET seen = clock_timestamp(), backlog = 1").execute());
    assertThat(get(newer.changes(-1)).version()).isZero();
    List<Node> nodes = get(newer.nodes(two));
    assertThat(nodes).hasSize(2).allSatisfy(node -> assertThat(node.changes()).isNull());
    get(old.close());
    get(newer.close());
  }

  /** As a node of version 1 takes it. */
  private void step(PgConnection old, int number, int spent) {
    get(
        old.query(
                "SELECT * FROM infermux.steps('"
                    + one
                    + "', '{a}', '{2026-11-01}', '{"
                    + number
                    + "}', '{0}', '{0}', '{1000}', '{"
                    + spent
                    + "}', '{0}', '{100}', '{0}')")
            .execute());
  }

  private static String script(String name) throws IOException {
    try (InputStream in = PgSchema.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
