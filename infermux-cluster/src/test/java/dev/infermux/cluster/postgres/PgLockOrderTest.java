package dev.infermux.cluster.postgres;

import static org.awaitility.Awaitility.await;

import dev.infermux.cluster.lease.SharedStore;
import dev.infermux.cluster.lease.Step;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The holder is locked before budgets, and these in one order. Of two statements that lock them
 * otherwise PostgreSQL ends one, which is the failure that would be seen here: connections of this
 * test repeat nothing.
 */
class PgLockOrderTest {

  private static final YearMonth MONTH = YearMonth.of(2026, 11);
  private static final String STEPS =
      "SELECT * FROM infermux.steps($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

  private final UUID holder = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();
  private final List<PgConnection> connections = new ArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private String url = "";
  private PgConnection looking;

  @BeforeEach
  void twoHolders() {
    url = TestPostgres.shared().database(TestPostgres.unused("locks"));
    SharedStore store = PgStoreTest.store(vertx, "infermux", url);
    get(store.register(holder));
    get(store.register(other));
    get(store.close());
    looking = connection();
  }

  @AfterEach
  void end() {
    connections.forEach(connection -> get(connection.close()));
    get(vertx.close());
  }

  /** A batch of steps has the holder already: it gets the other budgets before the end does. */
  @Test
  void a_holder_is_settled_beside_a_batch_of_which_one_lease_is_new() {
    ends_beside_a_batch(
        () -> connection().query("SELECT infermux.settle_holder('" + holder + "', 0)").execute());
  }

  @Test
  void a_holder_leaves_beside_a_batch_of_which_one_lease_is_new() {
    ends_beside_a_batch(() -> end("left", "z"));
  }

  private void ends_beside_a_batch(Supplier<Future<?>> end) {
    get(steps(connection(), holder, "z"));
    PgConnection earlier = connection();
    get(earlier.query("BEGIN").execute());
    get(earlier.query("SELECT 1 FROM infermux.holder FOR SHARE").execute());
    Future<?> ended = end.get();
    waiting(1);

    Future<?> batch = steps(connection(), holder, "y", "z");

    await().until(() -> batch.isComplete() || waiting() == 2);
    get(earlier.query("COMMIT").execute());
    get(Future.all(batch, ended));
  }

  /** The budget of a caller of whom only the journal knows is locked in its place of the order. */
  @Test
  void a_journal_with_a_new_budget_is_told_beside_a_batch_of_another_holder() {
    get(steps(connection(), holder, "z"));
    PgConnection batch = connection();
    get(batch.query("BEGIN").execute());
    get(steps(batch, other, "a"));
    Future<?> ended = end("recovered", "a", "z");
    waiting(1);

    get(steps(batch, other, "z"));

    get(batch.query("COMMIT").execute());
    get(ended);
  }

  /** A lease that began while the end waited for its turn is ended in its place of the order. */
  @Test
  void a_lease_that_begins_meanwhile_is_ended_beside_a_batch_of_another_holder() {
    get(steps(connection(), holder, "z"));
    get(steps(connection(), other, "a"));
    PgConnection own = connection();
    get(own.query("BEGIN").execute());
    get(steps(own, holder, "a"));
    Future<?> ended = end("left");
    waiting(1);
    PgConnection batch = connection();
    get(batch.query("BEGIN").execute());
    Future<?> first = steps(batch, other, "a");
    waiting(2);
    get(own.query("COMMIT").execute());
    get(first);

    get(steps(batch, other, "z"));

    get(batch.query("COMMIT").execute());
    get(ended);
  }

  /** As one ends by its own word or its journal; it says that each of these callers spent 1. */
  private Future<RowSet<Row>> end(String state, String... callers) {
    int all = callers.length;
    Tuple values =
        Tuple.tuple()
            .addUUID(holder)
            .addString(state)
            .addArrayOfString(callers)
            .addArrayOfLocalDate(Collections.nCopies(all, MONTH.atDay(1)).toArray(LocalDate[]::new))
            .addArrayOfLong(Collections.nCopies(all, 9L).toArray(Long[]::new))
            .addArrayOfLong(Collections.nCopies(all, 1L).toArray(Long[]::new));
    return connection()
        .preparedQuery("SELECT infermux.end_holder($1, $2, $3, $4, $5, $6)")
        .execute(values);
  }

  private static Future<RowSet<Row>> steps(PgConnection on, UUID holder, String... callers) {
    List<PgSteps.Queued> steps =
        Stream.of(callers)
            .map(caller -> new Step(caller, MONTH, System.nanoTime(), 0, 0, 9, 0, 0, 1, 0))
            .map(step -> new PgSteps.Queued(holder, step))
            .toList();
    return on.preparedQuery(STEPS).execute(PgSteps.tuple(steps));
  }

  private PgConnection connection() {
    PgConnection connection = get(PgConnection.connect(vertx, url));
    connections.add(connection);
    return connection;
  }

  private void waiting(int statements) {
    await().until(() -> waiting() == statements);
  }

  /** How many statements wait for a lock. */
  private long waiting() {
    String query =
        "SELECT count(DISTINCT pid) FROM pg_locks l JOIN pg_stat_activity USING (pid)"
            + " WHERE NOT granted AND datname = current_database()";
    return get(looking.query(query).execute()).iterator().next().getLong(0);
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e.getCause() == null ? e : e.getCause());
    }
  }
}
