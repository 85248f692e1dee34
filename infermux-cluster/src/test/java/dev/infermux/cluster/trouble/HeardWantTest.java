package dev.infermux.cluster.trouble;

import static dev.infermux.policy.budget.StopReason.AUTHORISED_ELSEWHERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.cluster.postgres.TestPgBouncer;
import dev.infermux.cluster.postgres.TestPostgres;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.Reservation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes without a bus between them, of which one needs what the other has and does not use: for
 * a minute after its last call, unless it hears of the other's want.
 */
class HeardWantTest {

  private static final String CALLER = "team-a";
  private static final Duration BEFORE_IT_IS_IDLE = Duration.ofSeconds(40);

  private static TestPostgres postgres;

  @TempDir private Path directory;

  @BeforeAll
  static void server() {
    postgres = TestPostgres.shared();
  }

  private BudgetOptions budgets(String url, String node) {
    return LedgerNode.budgets(url, directory.resolve(node + ".json"))
        .withCallers(List.of(LedgerNode.budget(CALLER, "0.000001")));
  }

  /** One call that costs nothing; its node keeps what it was authorised for it. */
  private static boolean free(LedgerNode node, long nanos) {
    Reservation reservation = node.reserve(CALLER, nanos).await().reservation();
    if (reservation != null) {
      node.on(
              () -> {
                node.ledger().release(reservation);
                return node.ledger().flush();
              })
          .await();
    }
    return reservation != null;
  }

  @Test
  void what_another_node_does_not_use_is_had_and_after_a_lost_connection_again() {
    String database = TestPostgres.unused("want");
    String url = postgres.database(database);
    try (LedgerNode one = LedgerNode.start(budgets(url, "one"));
        LedgerNode two = LedgerNode.start(budgets(url, "two"))) {
      assertThat(free(one, 30)).isTrue();

      await().atMost(BEFORE_IT_IS_IDLE).until(() -> free(two, 980));

      String listeners = "FROM pg_stat_activity WHERE query = 'LISTEN infermux_hints'";
      await()
          .atMost(BEFORE_IT_IS_IDLE)
          .until(() -> postgres.value(database, "SELECT count(*) " + listeners).equals("2"));
      postgres.value(database, "SELECT pg_terminate_backend(pid) " + listeners);
      assertThat(free(one, 10)).as("there is room for it").isTrue();
      await().atMost(BEFORE_IT_IS_IDLE).until(() -> free(one, 980));
    }
  }

  @Test
  void through_a_pooler_it_is_held_elsewhere() {
    String url = postgres.database(TestPostgres.unused("want"));
    try (TestPgBouncer pooler = TestPgBouncer.start(postgres);
        HeardLog log = new HeardLog();
        LedgerNode one = LedgerNode.start(budgets(pooler.through(url), "one"));
        LedgerNode two = LedgerNode.start(budgets(pooler.through(url), "two"))) {
      assertThat(free(one, 30)).isTrue();

      BudgetVerdict verdict = two.reserve(CALLER, 980).await();

      assertThat(verdict)
          .isInstanceOfSatisfying(
              BudgetVerdict.Stop.class,
              stop -> assertThat(stop.reason()).isEqualTo(AUTHORISED_ELSEWHERE));
      assertThat(log.containing("does not hear at once that another one waits for money"))
          .as("each node once")
          .hasSize(2);
    }
  }
}
