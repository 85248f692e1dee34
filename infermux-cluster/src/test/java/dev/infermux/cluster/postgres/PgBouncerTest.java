package dev.infermux.cluster.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.cluster.lease.SharedStore;
import dev.infermux.cluster.trouble.HeardLog;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All that the store does, through PgBouncer in transaction mode. */
class PgBouncerTest extends PgStoreTest {

  private static TestPgBouncer pooler;

  @BeforeAll
  static void pooler() {
    pooler = TestPgBouncer.start(postgres);
    url = pooler.through(url);
    get(store.close());
    store = store(vertx, "infermux", url);
  }

  @AfterAll
  static void endPooler() {
    if (pooler != null) {
      pooler.close();
    }
  }

  @Test
  void the_pooler_is_seen_at_the_first_connection_and_said_once() {
    try (HeardLog log = new HeardLog()) {
      SharedStore fresh = store(vertx, "infermux", url);
      for (int i = 0; i < 6; i++) {
        get(fresh.register(UUID.randomUUID()));
        get(fresh.nodes(one));
      }
      get(fresh.close());

      assertThat(log.containing("is reached through a pooler such as PgBouncer")).hasSize(1);
      assertThat(log.lines()).hasSize(1);
      assertThat(log.traces()).isEmpty();
    }
  }

  @Test
  void connections_that_open_at_once_prepare_nothing() {
    for (int round = 0; round < 10; round++) {
      SharedStore fresh = store(vertx, "infermux", url);
      List<Future<?>> answers = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        answers.add(fresh.register(UUID.randomUUID()));
      }
      get(Future.all(answers));
      get(fresh.close());
    }
  }

  @Test
  void a_connection_to_the_database_itself_is_not_taken_for_a_pooler() {
    try (HeardLog log = new HeardLog()) {
      SharedStore direct =
          store(vertx, "infermux", postgres.database(TestPostgres.unused("direct")));
      get(direct.register(UUID.randomUUID()));
      get(direct.close());

      assertThat(log.lines()).isEmpty();
    }
  }

  /** What these tests rely on, and what the store must not do here. */
  @Test
  void a_prepared_statement_is_lost_with_the_transaction() {
    PgConnectOptions preparing = new PgAddress(url).options();
    PgConnection one = get(PgConnection.connect(vertx, preparing));
    PgConnection two = get(PgConnection.connect(vertx, preparing));
    String sleep = "SELECT pg_sleep(0.2)";
    get(Future.all(one.query(sleep).execute(), two.query(sleep).execute()));

    assertThatThrownBy(() -> get(one.preparedQuery("SELECT 4711").execute()))
        .hasMessageContaining("prepared statement")
        .hasMessageContaining("does not exist");
    get(two.close());
  }
}
