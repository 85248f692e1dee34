package dev.infermux.cluster.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.cluster.lease.SharedStore;
import dev.infermux.inference.Secret;
import dev.infermux.policy.budget.SharedBudgetOptions;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.ConnectException;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code doctor} is told of a database, a real one. */
@ExtendWith(VertxExtension.class)
class PostgresLedgersTest {

  private final TestPostgres postgres = TestPostgres.shared();

  @Test
  void database_is_looked_at_and_left_as_it_is(Vertx vertx) throws Exception {
    String url = postgres.database(TestPostgres.unused("look"));

    String empty = look(vertx, url, "shop");
    String again = look(vertx, url, "shop");

    assertThat(empty).matches("PostgreSQL \\d+; the first node will make its tables there");
    assertThat(again).isEqualTo(empty);
  }

  @Test
  void tables_of_this_cluster_are_fine_and_those_of_another_are_not(Vertx vertx) throws Exception {
    String url = postgres.database(TestPostgres.unused("look"));
    register(vertx, url, "shop");

    assertThat(look(vertx, url, "shop"))
        .matches("PostgreSQL \\d+ with tables of version " + PgSchema.VERSION);
    assertThatThrownBy(() -> look(vertx, url, "bank"))
        .hasRootCauseMessage(
            "budgets.shared.url: the database: it belongs to the cluster \"shop\" (expected: a"
                + " database of its own for \"bank\", or cluster.name: shop)");
  }

  @Test
  void database_that_is_not_there_is_said_without_its_password(Vertx vertx) {
    assertThatThrownBy(() -> look(vertx, "postgresql://me:hunter22@127.0.0.1:1/d", "shop"))
        .hasRootCauseInstanceOf(ConnectException.class)
        .cause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("127.0.0.1:1/d: it takes no connection")
        .hasMessageNotContaining("hunter22");
  }

  private static String look(Vertx vertx, String url, String cluster) throws Exception {
    return new PostgresLedgers()
        .look(vertx, SharedBudgetOptions.of(Secret.of(url)), cluster)
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private static void register(Vertx vertx, String url, String cluster) throws Exception {
    PgNode self = new PgNode(SharedBudgetOptions.of(Secret.of(url)), cluster, "here", "1");
    SharedStore store = LoopStore.of(vertx, new PgStore(vertx, self, InstantSource.system()));
    try {
      store
          .register(UUID.randomUUID())
          .toCompletionStage()
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
    } finally {
      store.close();
    }
  }
}
