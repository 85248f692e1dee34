package dev.infermux.cluster.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.cluster.lease.LeaseStore;
import dev.infermux.cluster.lease.LeaseStore.Total;
import dev.infermux.cluster.lease.LeaseStoreContract;
import dev.infermux.cluster.lease.SharedStore;
import dev.infermux.cluster.lease.Step;
import dev.infermux.cluster.lease.StepAnswer;
import dev.infermux.cluster.lease.StoreException.Kind;
import dev.infermux.inference.Secret;
import dev.infermux.inference.Usd;
import dev.infermux.ledger.NodesLedger.Node;
import dev.infermux.ledger.journal.SharedEntry;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.ledger.report.LedgerEntry;
import dev.infermux.ledger.report.SharedSpend;
import dev.infermux.policy.budget.SharedBudgetOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The store in a real PostgreSQL. */
class PgStoreTest extends LeaseStoreContract {

  private static final YearMonth MONTH = YearMonth.of(2026, 11);

  static Vertx vertx;
  static TestPostgres postgres;

  /** Through which all is asked, but what the tests look at themselves. */
  static String url;

  static SharedStore store;
  private static String database;
  private static PgConnection sql;

  @BeforeAll
  static void server() {
    postgres = TestPostgres.shared();
    database = TestPostgres.unused("budgets");
    url = postgres.database(database);
    vertx = Vertx.vertx();
    store = store("infermux", url);
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

  private static SharedStore store(String cluster, String url) {
    return store(vertx, cluster, url);
  }

  static SharedStore store(Vertx vertx, String cluster, String url) {
    return LoopStore.of(vertx, unguarded(vertx, cluster, url));
  }

  /** For who is on its event loop. */
  static PgStore unguarded(Vertx vertx, String cluster, String url) {
    SharedBudgetOptions options =
        new SharedBudgetOptions(
            Secret.of(url), 4, Duration.ofSeconds(300), Duration.ZERO, Duration.ofMinutes(10));
    PgNode node = new PgNode(options, cluster, "test", "1");
    return new PgStore(vertx, node, InstantSource.system());
  }

  @Override
  protected LeaseStore store() {
    return store;
  }

  @Override
  protected void clear() {
    get(
        sql.query(
                "TRUNCATE infermux.lease, infermux.budget, infermux.holder,"
                    + " infermux.lease_history, infermux.cost_entry, infermux.cost_hour")
            .execute());
  }

  @Override
  protected void settle(UUID holder, boolean spent) {
    get(store.settle(holder, spent ? null : Usd.ZERO));
  }

  @Override
  protected List<List<Long>> sums(String account, YearMonth month) {
    List<List<Long>> sums = new ArrayList<>();
    String sum = "SELECT authorised, settled, kept FROM infermux.budget";
    String leases =
        "SELECT sum(authorised)::bigint, sum(settled)::bigint, sum(kept)::bigint FROM"
            + " infermux.lease";
    for (String statement : List.of(sum, leases)) {
      for (Row row :
          get(
              sql.preparedQuery(statement + " WHERE account = $1 AND month = $2")
                  .execute(Tuple.of(PgText.encode(account), month.atDay(1))))) {
        if (row.getLong(0) != null) {
          sums.add(List.of(row.getLong(0), row.getLong(1), row.getLong(2)));
        }
      }
    }
    return sums;
  }

  @Test
  void steps_that_are_not_in_order_are_refused() {
    List<PgSteps.Queued> wrong =
        List.of(
            new PgSteps.Queued(one, next("b", 1, 0, 0, 0, 0)),
            new PgSteps.Queued(one, next("a", 1, 0, 0, 0, 0)));

    assertThatThrownBy(
            () ->
                get(
                    sql.preparedQuery(
                            "SELECT * FROM infermux.steps($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
                                + " $11)")
                        .execute(PgSteps.tuple(wrong))))
        .hasMessageContaining("not in the order");
  }

  @Test
  void many_callers_from_several_nodes_in_any_order_do_not_lock_each_other_out() {
    List<SharedStore> nodes = List.of(store("infermux", url), store("infermux", url));
    List<UUID> holders = List.of(one, two);
    List<String> callers = IntStream.range(0, 150).mapToObj(i -> "caller " + i).toList();
    Random random = new Random(3);
    long number = 1_000_000;
    for (int round = 0; round < 8; round++) {
      List<Future<List<StepAnswer>>> answers = new ArrayList<>();
      for (int node = 0; node < nodes.size(); node++) {
        List<Step> steps = new ArrayList<>();
        for (String caller : callers) {
          steps.add(new Step(caller, MONTH, ++number, 0, 0, 1_000_000, round, 0, 10, 0));
        }
        Collections.shuffle(steps, random);
        answers.add(nodes.get(node).step(holders.get(node), steps));
      }
      get(Future.all(answers));
    }

    assertThat(sums("caller 0", MONTH).get(0)).isEqualTo(List.of(34L, 14L, 0L));
    nodes.forEach(node -> get(node.close()));
  }

  /** What can lock what out is tried statement by statement in {@link PgLockOrderTest}. */
  @Test
  void a_holder_that_is_ended_while_its_steps_are_under_way_locks_nothing_out() {
    SharedStore node = store("infermux", url);
    long number = 2_000_000;
    for (int round = 0; round < 40; round++) {
      UUID holder = UUID.randomUUID();
      get(node.register(holder));
      List<Future<?>> all = new ArrayList<>();
      for (String caller : List.of("x", "y", "z")) {
        all.add(
            node.step(holder, List.of(new Step(caller, MONTH, ++number, 0, 0, 9, 0, 0, 1, 0)))
                .otherwiseEmpty());
      }
      boolean settled = round % 2 == 0;
      all.add(
          settled
              ? node.settle(holder, Usd.ZERO)
              : node.end(holder, true, List.of(new Total("z", MONTH, 9, 0))));
      get(Future.all(all));
    }

    assertThat(sums("x", MONTH).get(0)).isEqualTo(List.of(0L, 0L, 0L));
    Row row =
        get(sql.query("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
                .execute())
            .iterator()
            .next();
    assertThat(row.getLong(0)).isZero();
    get(node.close());
  }

  @Test
  void a_cost_that_is_told_twice_counts_once_in_entries_and_sums() {
    List<SharedEntry> entries = entries(one, 1, 600);
    get(store.add(entries.subList(0, 500)));
    get(store.add(entries.subList(300, 600)));
    get(store.add(entries(two, 1, 10)));

    List<SharedSpend> month = get(store.month(MONTH));
    long nanos = month.stream().mapToLong(row -> row.entry().cost().nanos()).sum();
    assertThat(nanos)
        .isEqualTo(LongStream.rangeClosed(1, 600).sum() + LongStream.rangeClosed(1, 10).sum());
    assertThat(month.stream().mapToLong(SharedSpend::requests).sum()).isEqualTo(305);
    assertThat(month).extracting(SharedSpend::caller).containsOnly("it's \\ \0");
    Instant from = Instant.parse("2026-11-01T00:00:00Z");
    assertThat(get(store.since(from, false)).stream().mapToLong(row -> row.entry().cost().nanos()))
        .containsExactlyElementsOf(List.of(nanos));
    assertThat(
            get(store.since(from, true)).stream()
                .mapToLong(row -> row.entry().cost().nanos())
                .sum())
        .isEqualTo(nanos);
    assertThat(get(store.month(MONTH.plusMonths(1)))).isEmpty();
  }

  /** By the statement that makes the sums itself, and by the one that leaves out what is there. */
  @Test
  void sums_by_hour_are_those_of_the_entries_whichever_way_they_came() {
    Random random = new Random(5);
    long hour = Instant.parse("2026-11-10T11:00:00Z").toEpochMilli();
    List<SharedEntry> entries =
        IntStream.range(0, 900)
            .mapToObj(
                i ->
                    new SharedEntry(
                        i % 2 == 0 ? one : two,
                        i,
                        new LedgerEntry(
                            (i % 5 == 0 ? 0 : hour) + random.nextInt(3) - 1,
                            "caller " + i % 3,
                            random.nextBoolean(),
                            new CostEntry(
                                "p" + i % 2, "g\0", "openai", "gpt", new Usd(i), i, 2 * i))))
            .toList();
    get(store.add(entries.subList(0, 500)));
    get(store.add(entries.subList(400, 900)));
    get(store.add(entries.subList(450, 460)));

    String entered =
        """
        SELECT date_trunc('hour', at, 'UTC'), caller, project, grp, provider, model, sum(nanos),
          count(*) FILTER (WHERE last), sum(prompt_tokens), sum(completion_tokens)
          FROM infermux.cost_entry GROUP BY 1, 2, 3, 4, 5, 6
        """;
    String summed =
        """
        SELECT hour, caller, project, grp, provider, model, nanos, requests, prompt_tokens,
          completion_tokens FROM infermux.cost_hour
        """;
    assertThat(rows("(" + entered + ") EXCEPT (" + summed + ")")).isZero();
    assertThat(rows("(" + summed + ") EXCEPT (" + entered + ")")).isZero();
    assertThat(rows(summed)).as("two hours around each of two moments").isEqualTo(4 * 6);
    assertThat(rows("SELECT 1 FROM infermux.cost_entry")).isEqualTo(900);
  }

  @Test
  void the_time_of_a_cost_is_kept_to_the_millisecond() {
    long from = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    long to = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();
    CostEntry cost = new CostEntry("p", "g", "openai", "gpt", new Usd(1), 3, 4);
    List<Long> times = new Random(7).longs(2_000, from, to).boxed().toList();
    get(
        store.add(
            IntStream.range(0, times.size())
                .mapToObj(
                    i -> new SharedEntry(one, i, new LedgerEntry(times.get(i), "c", true, cost)))
                .toList()));

    List<Long> micros = new ArrayList<>();
    for (Row row :
        get(
            sql.query(
                    "SELECT (extract(epoch FROM at) * 1000000)::bigint FROM infermux.cost_entry"
                        + " ORDER BY seq")
                .execute())) {
      micros.add(row.getLong(0));
    }
    assertThat(micros).isEqualTo(times.stream().map(millis -> millis * 1000).toList());
  }

  private static int rows(String query) {
    return get(sql.query(query).execute()).size();
  }

  @Test
  void nodes_are_listed_with_what_they_hold() {
    step(one, "a", 100, 20, 0, 300);

    List<Node> nodes = get(store.nodes(one));

    Node self = nodes.stream().filter(Node::self).findFirst().orElseThrow();
    assertThat(self.holder()).isEqualTo(one);
    assertThat(self.state()).isEqualTo("active");
    assertThat(self.authorised()).isEqualTo(new Usd(420));
    assertThat(self.held()).isEqualTo(new Usd(320));
    assertThat(self.leases()).isEqualTo(1);
    assertThat(nodes).hasSize(2);
  }

  @Test
  void i5_no_clock_frees_money_however_long_a_holder_is_silent() {
    step(one, "a", 100, 20, 0, 500);
    List<List<Long>> before = sums("a", MONTH);
    postgres.sql(
        database,
        "UPDATE infermux.holder SET seen = clock_timestamp() - interval '2 years',"
            + " started = clock_timestamp() - interval '2 years' WHERE holder = '"
            + one
            + "'");

    get(store.prune());
    get(store.heartbeat(two, new LeaseStore.Signs(0)));

    assertThat(get(store.nodes(two))).extracting(Node::state).contains("lost");
    assertThat(sums("a", MONTH)).isEqualTo(before);
    assertThat(step(two, "a", 0, 0, 0, 381).authorised()).isZero();
    assertThat(step(two, "a", 0, 0, 0, 380).authorised()).isEqualTo(380);
    // Its own word does, however late it comes.
    assertThat(step(one, "a", 110, 0, 0, 0).free()).isEqualTo(510);
  }

  @Test
  void an_operators_word_is_written_down() {
    step(one, "a", 100, 0, 0, 300);
    step(one, "b", 0, 0, 0, 50);

    assertThat(get(store.settle(one, new Usd(310)))).isEqualTo(new Usd(40));

    assertThat(sums("a", MONTH).get(0)).isEqualTo(List.of(400L, 400L, 0L));
    assertThat(sums("b", MONTH).get(0)).isEqualTo(List.of(10L, 10L, 0L));
    Row row =
        get(sql.query(
                    "SELECT sum(authorised)::bigint, sum(told)::bigint, sum(settled)::bigint"
                        + " FROM infermux.lease_history")
                .execute())
            .iterator()
            .next();
    assertThat(List.of(row.getLong(0), row.getLong(1), row.getLong(2)))
        .isEqualTo(List.of(450L, 100L, 410L));
    assertThat(failure(store.settle(one, null))).isEqualTo(Kind.REFUSED);
  }

  @Test
  void another_cluster_is_refused() {
    SharedStore other = store("another", url);

    assertThatThrownBy(() -> get(other.register(UUID.randomUUID())))
        .hasMessageContaining("belongs to the cluster \"infermux\"");
    get(other.close());
  }

  @Test
  void foreign_tables_are_refused() {
    String name = TestPostgres.unused("foreign");
    String foreign = postgres.database(name);
    postgres.sql(name, "CREATE SCHEMA infermux; CREATE TABLE infermux.budget (x int)");
    SharedStore third = store("infermux", foreign);
    assertThatThrownBy(() -> get(third.register(UUID.randomUUID())))
        .hasMessageContaining("somebody else's");
    get(third.close());
  }

  @Test
  void several_nodes_that_begin_at_once_make_the_tables_once() {
    String fresh = postgres.database(TestPostgres.unused("fresh"));
    List<SharedStore> stores =
        IntStream.range(0, 4).mapToObj(i -> store("infermux", fresh)).toList();

    List<Future<LeaseStore.Greeting>> greetings =
        stores.stream().map(each -> each.register(UUID.randomUUID())).toList();

    get(Future.all(greetings));
    assertThat(get(stores.get(0).nodes(one))).hasSize(4);
    stores.forEach(each -> get(each.close()));
  }

  private static List<SharedEntry> entries(UUID holder, int from, int to) {
    long at = Instant.parse("2026-11-10T10:59:59.999Z").toEpochMilli();
    return IntStream.rangeClosed(from, to)
        .mapToObj(
            i ->
                new SharedEntry(
                    holder,
                    i,
                    new LedgerEntry(
                        at,
                        "it's \\ \0",
                        i % 2 == 0,
                        new CostEntry("p", "g", "openai", "gpt", new Usd(i), 3, 4))))
        .toList();
  }
}
