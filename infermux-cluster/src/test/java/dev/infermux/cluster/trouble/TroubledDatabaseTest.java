package dev.infermux.cluster.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.infermux.cluster.postgres.TestPostgres;
import dev.infermux.cluster.processes.FaultyProxy;
import dev.infermux.cluster.processes.FaultyProxy.Fault;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict;
import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway far from its limit, and a database in each kind of trouble: calls go on, the log says
 * once what is wrong and what is to be done, and all is made up for afterwards.
 */
class TroubledDatabaseTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  /** In which everything is tried again several times. */
  private static final Duration WHILE = Duration.ofMillis(2_000);

  private static final String AWAY = "this node spends what it is authorised to";
  private static final List<String> TABLES = List.of("holder", "budget", "lease", "cost_entry");

  private static TestPostgres postgres;
  private static int databases;

  @TempDir private Path directory;
  private String database = "";

  @BeforeAll
  static void server() {
    postgres = TestPostgres.start();
  }

  @AfterAll
  static void end() {
    if (postgres != null) {
      postgres.close();
    }
  }

  private String database() {
    database = "trouble_" + ++databases;
    return postgres.database(database);
  }

  private void sql(String statement) {
    postgres.sql(database, statement);
  }

  @Test
  void one_that_is_full() {
    String url = database();

    goesOn(
        url,
        () -> {
          sql(
              "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                  + " RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$");
          TABLES.forEach(
              table ->
                  sql(
                      "CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON infermux."
                          + table
                          + " FOR EACH ROW EXECUTE FUNCTION full_disk()"));
        },
        () -> sql("DROP FUNCTION full_disk CASCADE"),
        "its disk is full (expected: room for its tables and its log)");
  }

  @Test
  void one_that_is_read_only_as_a_standby_is() {
    String url = database();

    goesOn(
        url,
        () -> {
          readOnly("SET default_transaction_read_only = on");
          postgres.disconnect(database);
        },
        () -> readOnly("RESET default_transaction_read_only"),
        "it is read-only (expected: the primary,");
  }

  private void readOnly(String set) {
    postgres.sql("postgres", "ALTER DATABASE " + database + " " + set);
  }

  @Test
  void one_whose_tables_somebody_changes() {
    String url = database();

    goesOn(
        url,
        () -> sql("ALTER TABLE infermux.lease RENAME COLUMN kept TO other"),
        () -> sql("ALTER TABLE infermux.lease RENAME COLUMN other TO kept"),
        "(expected: the schema infermux as InferMux made it, and nobody changed it)");
  }

  @Test
  void one_whose_password_is_changed() {
    String url = database().replace("infermux@", "gateway:right-one@");
    sql("CREATE ROLE gateway LOGIN PASSWORD 'right-one'");
    sql("ALTER DATABASE " + database + " OWNER TO gateway");
    postgres.askForPassword("gateway");

    assertThatThrownBy(() -> start(url.replace("right-one", "wrong-one")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("password authentication failed for user \"gateway\" (expected: a")
        .hasMessageNotContaining("wrong-one");
    goesOn(
        url,
        () -> {
          sql("ALTER ROLE gateway PASSWORD 'another'");
          postgres.disconnect(database);
        },
        () -> sql("ALTER ROLE gateway PASSWORD 'right-one'"),
        "password authentication failed for user \"gateway\" (expected: a user and password");
  }

  @Test
  void one_that_is_stopped_at_once_and_started_again() {
    String url = database();

    goesOn(
        url,
        () -> postgres.stopImmediately(),
        () -> postgres.startAgain(),
        "the database at 127.0.0.1:" + postgres.port() + "/" + database);
  }

  @Test
  void one_that_takes_seconds_for_a_statement() {
    String url = database();
    try (FaultyProxy proxy = new FaultyProxy(postgres.port());
        Node node = start(url.replace(":" + postgres.port(), ":" + proxy.port()));
        HeardLog log = new HeardLog()) {
      node.calls(2);
      proxy.fault(Fault.SLOW);
      // Somebody without a share yet has to wait for one.
      assertThatThrownBy(() -> node.call("stranger").await()).hasMessageContaining("database");

      await()
          .atMost(LONG)
          .untilAsserted(
              () -> {
                node.calls(10);
                assertThat(log.containing("s for a step (expected: milliseconds)")).hasSize(1);
              });

      node.calls(10);
      assertThat(node.ready()).isEqualTo(200);
      assertThat(node.metric("infermux_lease_database_up")).isEqualTo(1);
      await().atMost(LONG).ignoreExceptions().untilAsserted(() -> node.call("stranger").await());
      proxy.fault(Fault.NONE);
      assertThat(log.lines()).hasSize(1);
      assertThat(log.traces()).isEmpty();
    }
    booksAreClosed();
  }

  @Test
  void a_schema_of_somebody_else_s_is_refused_at_the_start_with_what_is_wrong() {
    String foreign = database();
    sql("CREATE SCHEMA infermux");
    sql("CREATE TABLE infermux.meta (id int, name text)");
    sql("CREATE TABLE infermux.budget (id int, owner text)");
    assertThatThrownBy(() -> start(foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("budgets.shared.url: the schema infermux is not as InferMux made it")
        .hasMessageContaining("column \"version\" does not exist");

    String changed = database();
    start(changed).close();
    sql("ALTER TABLE infermux.cost_hour RENAME COLUMN grp TO team");
    assertThatThrownBy(() -> start(changed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column \"grp\" does not exist");
    sql("ALTER TABLE infermux.cost_hour RENAME COLUMN team TO grp");
    sql("DROP FUNCTION infermux.add_costs");
    assertThatThrownBy(() -> start(changed)).hasMessageContaining("infermux.add_costs");
  }

  @Test
  void one_that_is_away_at_the_start_is_said_with_its_reason_and_taken_up_when_it_comes() {
    String url = database();
    postgres.stopImmediately();
    try (HeardLog log = new HeardLog()) {
      try (Node node = start(url)) {
        await()
            .atMost(LONG)
            .untilAsserted(() -> assertThat(node.metric("infermux_lease_database_up")).isZero());
        assertThatThrownBy(() -> node.calls(1)).hasMessageContaining("database");
        assertThat(log.containing("it takes no connection (is it running")).isNotEmpty();

        postgres.startAgain();

        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> node.calls(1));
        await().atMost(LONG).until(() -> !log.containing("answers again").isEmpty());
      }
      assertThat(log.lines()).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(5);
      assertThat(log.traces()).isEmpty();
    } finally {
      postgres.startAgainIfEnded();
    }
    booksAreClosed();
  }

  @Test
  void an_outage_takes_disk_and_no_memory() {
    String url = database();
    BudgetOptions options =
        LedgerNode.budgets(url, directory.resolve("outage.json"))
            .withCallers(List.of(LedgerNode.budget("a", "1000"), LedgerNode.budget("b", "0.001")));
    try (LedgerNode node = LedgerNode.start(options)) {
      node.call("a", 1).await();
      postgres.stopImmediately();
      long before = used(node, WARM_UP_CALLS);

      long after = used(node, OUTAGE_CALLS);

      // Two calls that left a request and a promise behind each would take twice as much.
      assertThat(after - before).isLessThan(OUTAGE_CALLS * 400L);
      postgres.startAgain();
      await().atMost(LONG).until(() -> node.ledger().status().backlog() == 0);
    } finally {
      postgres.startAgainIfEnded();
    }
    booksAreClosed();
    sql(
        "DO $$ BEGIN ASSERT (SELECT sum(settled) FROM infermux.budget WHERE account = 'a') = "
            + (OUTAGE_CALLS + WARM_UP_CALLS + 1)
            + ", 'settled'; END $$");
  }

  private static final int WARM_UP_CALLS = 8_000;
  private static final int OUTAGE_CALLS = 25_000;

  /** Bytes after so many calls that are admitted, and as many that are refused. */
  private static long used(LedgerNode node, int calls) {
    for (int from = 0; from < calls; from += 100) {
      List<Future<BudgetVerdict>> verdicts = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        verdicts.add(node.call("a", 1));
        node.call("b", 100_000);
      }
      Future.all(verdicts).await();
      verdicts.forEach(each -> assertThat(each.result().reservation()).isNotNull());
    }
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private Node start(String url) {
    return Node.start(url, directory.resolve(database + ".json"), "1000");
  }

  private void goesOn(String url, Runnable trouble, Runnable mend, String said) {
    try (HeardLog log = new HeardLog()) {
      int calls = 5;
      try (Node node = start(url)) {
        node.calls(calls);
        log.forget();
        trouble.run();
        try {
          assertThatThrownBy(() -> node.call("stranger").await()).hasMessageContaining("database");
          long end = System.nanoTime() + WHILE.toNanos();
          while (System.nanoTime() < end || log.containing(said).isEmpty()) {
            node.calls(20);
            calls += 20;
          }
          assertThat(log.containing(said)).anyMatch(line -> line.contains(AWAY));
          assertThat(node.ready()).isEqualTo(200);
          await()
              .atMost(LONG)
              .untilAsserted(() -> assertThat(node.metric("infermux_lease_database_up")).isZero());
        } finally {
          mend.run();
        }

        await().atMost(LONG).until(() -> !log.containing("answers again").isEmpty());
        await()
            .atMost(LONG)
            .untilAsserted(
                () -> assertThat(node.metric("infermux_lease_database_up")).isEqualTo(1));
        node.calls(1);
        calls++;
      }
      assertThat(log.lines()).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(6);
      assertThat(log.containing("costs are told again"))
          .hasSameSizeAs(log.containing("costs are told later"));
      assertThat(log.traces()).isEmpty();
      booksAreClosed();
      sql(
          "DO $$ BEGIN ASSERT (SELECT sum(nanos) FROM infermux.cost_hour) = "
              + calls * Node.CALL_NANOS
              + ", 'costs'; END $$");
    }
  }

  /** I6, by the database itself. */
  private void booksAreClosed() {
    sql(
        """
        DO $$ BEGIN
          ASSERT (SELECT count(*) FROM infermux.holder WHERE state NOT IN ('left', 'recovered')) = 0, 'holders';
          ASSERT (SELECT count(*) FROM infermux.budget
            WHERE authorised <> settled OR kept <> 0) = 0, 'budgets';
          ASSERT (SELECT sum(settled) FROM infermux.lease) = (SELECT sum(nanos)
            FROM infermux.cost_hour), 'costs';
        END $$
        """);
  }
}
