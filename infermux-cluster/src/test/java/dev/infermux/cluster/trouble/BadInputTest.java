package dev.infermux.cluster.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.infermux.cluster.postgres.TestPostgres;
import dev.infermux.inference.Usd;
import dev.infermux.ledger.report.Dimension;
import dev.infermux.ledger.report.ReportSpan;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.StopReason;
import io.vertx.core.Future;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators and callers may do to several nodes. */
class BadInputTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int CALLERS = 10_000;

  /** 10,000,000 by hand. */
  private static final int ENTRIES = Integer.getInteger("infermux.nodes.entries", 200_000);

  private final TestPostgres postgres = TestPostgres.shared();

  @TempDir private Path directory;
  private String database = "";

  private BudgetOptions budgets() {
    database = TestPostgres.unused("bad");
    return LedgerNode.budgets(postgres.database(database), directory.resolve("budgets.json"));
  }

  @Test
  void two_clusters_with_one_database_are_told_whose_it_is() {
    database = TestPostgres.unused("bad");
    String url = postgres.database(database);
    try (Node node = Node.start(url, directory.resolve("one.json"), "10", "shop")) {
      node.calls(1);

      assertThatThrownBy(() -> Node.start(url, directory.resolve("two.json"), "10", "bank"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("it belongs to the cluster \"shop\"")
          .hasMessageContaining("(expected: a database of its own for \"bank\", or cluster.name");

      node.calls(1);
    }
  }

  @Test
  void a_holder_that_is_not_active_is_not_found_and_that_is_not_the_databases_fault() {
    String url = postgres.database(TestPostgres.unused("bad"));
    try (Node node = Node.start(url, directory.resolve("one.json"), "10", "shop")) {
      HttpResponse<String> answer = node.settle(UUID.randomUUID());

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("\"not_found\"", "holder: none active of this id");
    }
  }

  @Test
  void a_node_whose_clock_is_two_days_off_does_not_start() {
    BudgetOptions options = budgets().withCallers(List.of(LedgerNode.budget("a", "1")));

    assertThatThrownBy(() -> LedgerNode.start(options, Duration.ofDays(2)))
        .hasMessageContaining("this machine's clock is 172")
        .hasMessageContaining(" s ahead of the database's (expected: at most one hour apart)");
    assertThatThrownBy(() -> LedgerNode.start(options, Duration.ofDays(-2)))
        .hasMessageContaining("s behind the database's");
    try (HeardLog log = new HeardLog();
        LedgerNode late = LedgerNode.start(options, Duration.ofMinutes(-20))) {
      assertThat(late.call("a", 1_000).await().reservation()).isNotNull();
      assertThat(log.containing("s behind the database's (expected: at most 30 s apart)"))
          .hasSize(1);
    }
  }

  @Test
  void a_node_that_hears_late_that_its_clock_is_two_days_off_spends_nothing() {
    BudgetOptions options = budgets().withCallers(List.of(LedgerNode.budget("a", "1")));
    LedgerNode.start(options).close();
    connections(false);
    try (HeardLog log = new HeardLog();
        LedgerNode node = LedgerNode.start(options, Duration.ofDays(2))) {
      connections(true);

      await()
          .atMost(LONG)
          .until(() -> !log.containing("(expected: at most one hour apart)").isEmpty());
      assertThat(node.call("a", 1_000).await().reservation()).isNull();
    } finally {
      connections(true);
    }
  }

  private void connections(boolean allowed) {
    postgres.sql("postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS " + allowed);
  }

  @Test
  void ten_thousand_callers_on_one_budget_have_one_each() {
    BudgetOptions options =
        budgets()
            .withTrackedCallers(CALLERS + 10)
            .withCallers(List.of(LedgerNode.budget("*", "1")));
    try (LedgerNode node = LedgerNode.start(options)) {
      int refused = 0;
      for (int from = 0; from < CALLERS; from += 50) {
        List<Future<BudgetVerdict>> verdicts = new ArrayList<>();
        for (int caller = from; caller < from + 50; caller++) {
          verdicts.add(node.call("caller " + caller, 1_000));
        }
        Future.all(verdicts).await();
        refused += (int) verdicts.stream().filter(v -> v.result().reservation() == null).count();
      }
      // On a busy machine a step may take longer than a call waits for it.
      assertThat(refused).isLessThan(CALLERS / 10);
      for (int caller = 0; caller < CALLERS; caller += 500) {
        String name = "caller " + caller;
        await().atMost(LONG).until(() -> node.call(name, 1_000).await().reservation() != null);
      }
      assertThat(node.ledger().status().leases()).isGreaterThan(CALLERS / 2);
    }
    sql(
        """
        DO $$ BEGIN
          ASSERT (SELECT count(*) FROM infermux.budget) > 9000, 'callers';
          ASSERT (SELECT count(*) FROM infermux.budget WHERE authorised <> settled) = 0, 'settled';
          ASSERT (SELECT count(*) FROM infermux.lease WHERE NOT closed) = 0, 'closed';
          ASSERT (SELECT sum(settled) FROM infermux.budget)
            = (SELECT sum(nanos) FROM infermux.cost_hour), 'costs';
        END $$
        """);
  }

  @Test
  void callers_with_any_name_spend_and_are_reported() {
    Random random = new Random(5);
    List<String> names = new ArrayList<>();
    names.addAll(List.of("o'hara; DROP TABLE infermux.lease; --", "\"quoted\"", "null\0byte"));
    names.addAll(List.of("half \ud83d", "back\\slash", "\\0000", "🦊", " ", "%s {} $1"));
    for (int length : List.of(256, 3_000, 100_000)) {
      names.add(
          random
              .ints(length, 0x4e00, 0x9fff)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString());
    }
    BudgetOptions options = budgets().withCallers(List.of(LedgerNode.budget("*", "1")));
    try (HeardLog log = new HeardLog();
        LedgerNode node = LedgerNode.start(options)) {
      for (String name : names) {
        await()
            .atMost(LONG)
            .untilAsserted(
                () -> assertThat(node.call(name, 7).await().reservation()).as(name).isNotNull());
      }

      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(spent(node)).isEqualTo(7L * names.size()));
      assertThat(log.lines()).isEmpty();
    }
    sql("DO $$ BEGIN ASSERT (SELECT count(*) FROM infermux.budget) = " + names.size() + "; END $$");
  }

  @Test
  void a_limit_of_nothing_refuses_what_costs_and_takes_no_place_in_the_way_of_others() {
    BudgetOptions options =
        budgets().withCallers(List.of(LedgerNode.budget("none", "0"), LedgerNode.budget("a", "1")));
    try (HeardLog log = new HeardLog();
        LedgerNode node = LedgerNode.start(options)) {
      for (int i = 0; i < 20; i++) {
        assertThat(node.call("none", 1_000).await())
            .isInstanceOfSatisfying(
                BudgetVerdict.Stop.class,
                stop -> assertThat(stop.reason()).isEqualTo(StopReason.SPENT));
      }
      assertThat(node.call("none", 0).await().reservation()).isNotNull();
      assertThat(node.call("a", 1_000).await().reservation()).isNotNull();
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void a_month_of_many_costs_is_summed_to_the_nano_dollar() {
    BudgetOptions options = budgets().withCallers(List.of(LedgerNode.budget("*", "1000")));
    try (LedgerNode node = LedgerNode.start(options)) {
      // It may have begun before the database had taken it in.
      await().atMost(LONG).until(() -> node.call("caller 1", 5).await().reservation() != null);
      sql(
          """
          SELECT infermux.add_costs(array_agg('11111111-1111-1111-1111-111111111111'::uuid),
            array_agg(i), array_agg(date_trunc('month', now()) + i %% 600 * interval '1 minute'),
            array_agg('caller ' || i %% 50), array_agg('p'::text), array_agg('g'::text), array_agg('openai'::text),
            array_agg('gpt'::text), array_agg(i), array_agg(true), array_agg(3::bigint),
            array_agg(4::bigint))
          FROM generate_series(1::bigint, %d) AS i GROUP BY i / 50000
          """
              .formatted(ENTRIES));

      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(spent(node)).isEqualTo(ENTRIES * (ENTRIES + 1L) / 2 + 5));
    }
  }

  /** Of this month, by all nodes, as the reports say. */
  private static long spent(LedgerNode node) {
    YearMonth month = YearMonth.now(ZoneOffset.UTC);
    return node.on(
            () ->
                node.ledger()
                    .reportsOfAll(
                        ReportSpan.of(month),
                        reports ->
                            reports.by(Dimension.CALLER, month).values().stream()
                                .map(totals -> totals.usd())
                                .reduce(Usd.ZERO, Usd::plus)
                                .nanos()))
        .map(
            all -> {
              assertThat(all.partial()).isFalse();
              return all.answer();
            })
        .await();
  }

  private void sql(String statement) {
    postgres.sql(database, statement);
  }
}
