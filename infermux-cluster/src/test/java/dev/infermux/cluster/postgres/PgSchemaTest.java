package dev.infermux.cluster.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.cluster.lease.LeaseStore.Greeting;
import dev.infermux.cluster.lease.LeaseStore.Total;
import dev.infermux.cluster.lease.SharedStore;
import dev.infermux.cluster.lease.Step;
import dev.infermux.ledger.SharedLedgerStatus.Tables;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Programs and tables of different versions, in a real PostgreSQL. */
class PgSchemaTest {

  private static final YearMonth MONTH = YearMonth.of(2026, 11);
  private static final int NEXT = PgSchema.VERSION + 1;

  /** What a later version may add, and leave to programs of this one. */
  private static final String ADDITIVE =
      """
      ALTER TABLE infermux.holder ADD COLUMN zone text;
      ALTER TABLE infermux.lease ADD COLUMN weight int NOT NULL DEFAULT 1;
      CREATE TABLE infermux.novelty (what text PRIMARY KEY);
      CREATE FUNCTION infermux.novelties() RETURNS bigint LANGUAGE sql AS
        'SELECT count(*) FROM infermux.novelty';
      """;

  private static Vertx vertx;
  private static TestPostgres postgres;

  private final List<SharedStore> stores = new ArrayList<>();
  private String database = "";
  private String url = "";

  @BeforeAll
  static void server() {
    postgres = TestPostgres.shared();
    vertx = Vertx.vertx();
  }

  @AfterEach
  void closeStores() {
    stores.forEach(store -> get(store.close()));
  }

  @AfterAll
  static void end() {
    if (vertx != null) {
      get(vertx.close());
    }
  }

  @Test
  void program_begins_and_begins_again_with_newer_tables_that_bear_it() {
    fresh();
    SharedStore running = store();
    UUID first = UUID.randomUUID();
    assertThat(get(running.register(first)).tables())
        .isEqualTo(new Tables(PgSchema.VERSION, PgSchema.VERSION));

    sql(ADDITIVE);
    meta(NEXT, "1");

    SharedStore starting = store();
    UUID second = UUID.randomUUID();
    Greeting greeting = get(starting.register(second));
    assertThat(greeting.tables()).isEqualTo(new Tables(NEXT, PgSchema.VERSION));
    assertThat(greeting.nodes()).isEqualTo(2);
    assertThat(greeting.versions()).isEqualTo(1);
    assertThat(spend(running, first)).isEqualTo(300);
    assertThat(spend(starting, second)).isEqualTo(300);
    assertThat(get(starting.nodes(second))).hasSize(2);
    assertThat(get(starting.changes(-1)).version()).isZero();
    get(starting.end(first, true, List.of(new Total("a", MONTH, 1_000, 10))));
    assertThat(number("SELECT version FROM infermux.meta")).isEqualTo(NEXT);
  }

  /** As an operator does who goes back to a program that knows version 1. */
  @Test
  void tables_that_are_said_to_be_of_version_1_again_are_brought_up_to_date_and_lose_nothing() {
    fresh();
    get(store().register(UUID.randomUUID()));
    sql("UPDATE infermux.change_version SET version = 7");
    sql("UPDATE infermux.meta SET version = 1");

    SharedStore again = store();
    UUID holder = UUID.randomUUID();
    assertThat(get(again.register(holder)).tables())
        .isEqualTo(new Tables(PgSchema.VERSION, PgSchema.VERSION));
    assertThat(get(again.changes(-1)).version()).isEqualTo(7);
    assertThat(spend(again, holder)).isEqualTo(300);
  }

  @Test
  void tables_that_bear_only_newer_programs_are_refused_with_both_versions() {
    fresh();
    UUID holder = UUID.randomUUID();
    SharedStore running = store();
    get(running.register(holder));

    meta(NEXT + 1, Integer.toString(NEXT));

    SharedStore starting = store();
    assertThatThrownBy(() -> get(starting.register(UUID.randomUUID())))
        .hasMessageContaining("its tables are of version " + (NEXT + 1))
        .hasMessageContaining("for programs that know version " + NEXT)
        .hasMessageContaining(
            "(this one knows " + PgSchema.VERSION + "; expected: a newer InferMux)");
    // One that runs is not put out.
    assertThat(spend(running, holder)).isEqualTo(300);
  }

  @Test
  void tables_that_say_nothing_bear_their_own_version_alone() {
    fresh();
    get(store().register(UUID.randomUUID()));
    sql("ALTER TABLE infermux.meta DROP COLUMN bears");

    get(store().register(UUID.randomUUID()));

    sql("UPDATE infermux.meta SET version = " + NEXT);
    SharedStore starting = store();
    assertThatThrownBy(() -> get(starting.register(UUID.randomUUID())))
        .hasMessageContaining("for programs that know version " + NEXT);
  }

  @Test
  void tables_of_version_1_come_to_say_which_programs_they_bear() throws IOException {
    fresh();
    sql(
        "CREATE SCHEMA infermux; CREATE TABLE infermux.meta (one boolean PRIMARY KEY DEFAULT true"
            + " CHECK (one), version int NOT NULL, cluster text NOT NULL); INSERT INTO"
            + " infermux.meta (version, cluster) VALUES (1, 'infermux');"
            + script(1));

    get(store().register(UUID.randomUUID()));

    assertThat(number("SELECT version FROM infermux.meta")).isEqualTo(PgSchema.VERSION);
    assertThat(number("SELECT bears FROM infermux.meta")).isEqualTo(PgSchema.BEARS);
  }

  /** Whoever adds a file and forgets SHAPE finds what it does not look for here. */
  @Test
  void start_looks_for_all_that_the_schema_files_make() {
    fresh();
    get(store().register(UUID.randomUUID()));
    PgConnection sql = get(PgConnection.connect(vertx, url));
    List<String> renamings = new ArrayList<>();
    rows(
            sql,
            "SELECT table_name, column_name FROM information_schema.columns"
                + " WHERE table_schema = 'infermux' AND table_name <> 'meta'")
        .forEach(
            row ->
                renamings.add(
                    "ALTER TABLE infermux.%s RENAME COLUMN \"%s\" TO gone"
                        .formatted(row.getString(0), row.getString(1))));
    rows(
            sql,
            "SELECT p.oid::regprocedure::text FROM pg_proc p"
                + " JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'infermux'")
        .forEach(
            row -> renamings.add("ALTER FUNCTION %s RENAME TO gone".formatted(row.getString(0))));

    List<String> unseen =
        renamings.stream()
            .filter(
                renaming -> {
                  get(sql.query("BEGIN; " + renaming).execute());
                  boolean whole =
                      get(sql.query(PgSchema.SHAPE).execute().map(true).otherwise(false));
                  get(sql.query("ROLLBACK").execute());
                  return whole;
                })
            .toList();

    assertThat(renamings).hasSizeGreaterThan(70);
    assertThat(unseen).isEmpty();
    get(sql.close());
  }

  @Test
  void each_version_has_its_file_and_there_is_none_besides() throws IOException {
    for (int version = 1; version <= PgSchema.VERSION; version++) {
      assertThat(script(version)).contains("-- Version " + version);
    }
    assertThat(PgSchema.class.getResource("schema-" + NEXT + ".sql")).isNull();
    assertThat(PgSchema.BEARS).isBetween(1, PgSchema.VERSION);
  }

  private static long spend(SharedStore store, UUID holder) {
    Step step = new Step("a", MONTH, 1, 0, 0, 1_000, 0, 0, 300, 300);
    return get(store.step(holder, List.of(step))).get(0).authorised();
  }

  private void fresh() {
    database = TestPostgres.unused("schema");
    url = postgres.database(database);
  }

  private SharedStore store() {
    SharedStore store = PgStoreTest.store(vertx, "infermux", url);
    stores.add(store);
    return store;
  }

  private void meta(int version, String bears) {
    sql("UPDATE infermux.meta SET version = " + version + ", bears = " + bears);
  }

  private void sql(String statement) {
    postgres.sql(database, statement);
  }

  private long number(String query) {
    PgConnection sql = get(PgConnection.connect(vertx, url));
    long value = rows(sql, query).get(0).getInteger(0);
    get(sql.close());
    return value;
  }

  private static List<Row> rows(PgConnection sql, String query) {
    return StreamSupport.stream(get(sql.query(query).execute()).spliterator(), false).toList();
  }

  private static String script(int version) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PgSchema.class.getResourceAsStream("schema-" + version + ".sql"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e.getCause() == null ? e : e.getCause());
    }
  }
}
