package dev.infermux.cluster.postgres;

import dev.infermux.cluster.lease.StoreException;
import dev.infermux.cluster.lease.StoreException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection with one statement at a time. What does not answer in time is given up, and the
 * next statement gets a connection of its own: a stalled one would keep all that comes after it.
 */
final class PgLane {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.budget");

  private static final long CONNECT_MILLIS = 10_000;

  /** The first time it is two ways to the database and back, which may take seconds each. */
  private static final long STATEMENT_MILLIS = 20_000;

  private static final long FAREWELL_MILLIS = 1_000;
  private static final long PAUSE_MILLIS = 100;

  /** Connections that were given up and are not closed yet. */
  private static final int MOST_STALLED = 8;

  private static final Set<String> POOLED = Set.of("26000", "42P05", "08P01");

  /** Another server may have its place by now: a standby takes no writes. */
  private static final String READ_ONLY = "25006";

  private final Vertx vertx;
  private final PgAddress address;
  private Consumer<String> heard = hint -> {};
  private @Nullable PgConnection open;
  private boolean busy;
  private int stalled;

  PgLane(Vertx vertx, PgAddress address) {
    this.vertx = vertx;
    this.address = address;
  }

  /** Who is told what a connection hears, after a statement that makes it listen. */
  void hearing(Consumer<String> hearer) {
    heard = hearer;
  }

  boolean busy() {
    return busy;
  }

  /** Runs a prepared statement. */
  Future<RowSet<Row>> run(String sql, Tuple values) {
    return use(connection -> connection.preparedQuery(sql).execute(values));
  }

  /** Runs several statements as they are. */
  Future<RowSet<Row>> script(String sql) {
    return use(connection -> connection.query(sql).execute());
  }

  Future<Void> close() {
    PgConnection connection = open;
    open = null;
    return connection == null
        ? Future.succeededFuture()
        : connection.close().timeout(FAREWELL_MILLIS, TimeUnit.MILLISECONDS).otherwiseEmpty();
  }

  private Future<RowSet<Row>> use(Function<PgConnection, Future<RowSet<Row>>> statement) {
    busy = true;
    return connected()
        .compose(
            connection ->
                statement
                    .apply(connection)
                    .timeout(STATEMENT_MILLIS, TimeUnit.MILLISECONDS)
                    .onFailure(failure -> failed(connection, failure)))
        .transform(
            (rows, failure) -> {
              busy = false;
              return failure == null
                  ? Future.succeededFuture(rows)
                  : Future.failedFuture(PgFailures.of(failure, address.shown()));
            });
  }

  private Future<PgConnection> connected() {
    PgConnection connection = open;
    if (connection != null) {
      return Future.succeededFuture(connection);
    }
    if (stalled >= MOST_STALLED) {
      String said = " does not answer on " + stalled + " connections";
      return vertx
          .timer(PAUSE_MILLIS)
          .compose(
              paused ->
                  Future.failedFuture(
                      new StoreException(
                          Kind.UNREACHABLE, "the database at " + address.shown() + said)));
    }
    boolean preparing = !address.behindPooler();
    return connect()
        .compose(fresh -> preparing ? withoutPreparing(fresh) : Future.succeededFuture(fresh))
        .onSuccess(
            fresh -> {
              open = fresh;
              fresh.closeHandler(closed -> gone(fresh));
              fresh.notificationHandler(told -> heard.accept(told.getPayload()));
            });
  }

  /** One that comes too late is closed: nobody would use it, and the database has few. */
  private Future<PgConnection> connect() {
    Future<PgConnection> connecting =
        PgConnection.connect(vertx, address.options()).map(PgLane::quiet);
    return connecting
        .timeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
        .onFailure(
            failure -> {
              if (!connecting.isComplete()) {
                stalled++;
                connecting
                    .onComplete(done -> stalled--)
                    .onSuccess(late -> late.close().otherwiseEmpty());
              }
            });
  }

  /** What happens to it is the failure of its statement; the client would print it. */
  private static PgConnection quiet(PgConnection fresh) {
    fresh.exceptionHandler(failure -> LOG.debug("A connection to the database", failure));
    return fresh.noticeHandler(notice -> LOG.debug("The database: {}", notice.getMessage()));
  }

  /**
   * Behind a pooler another connection, without prepared statements. In transaction mode its next
   * transaction may run on another connection of the pooler, where the same name is another
   * statement or none. A pooler shows itself: the process that answers is not the one that greeted.
   */
  private Future<PgConnection> withoutPreparing(PgConnection fresh) {
    if (address.behindPooler()) {
      // Another lane has found out while this one connected.
      return again(fresh);
    }
    return fresh
        .query("SELECT pg_backend_pid()")
        .execute()
        .timeout(STATEMENT_MILLIS, TimeUnit.MILLISECONDS)
        .map(rows -> rows.iterator().next().getInteger(0) == fresh.processId())
        .onFailure(failure -> fresh.close())
        .compose(
            direct -> {
              if (direct) {
                return Future.succeededFuture(fresh);
              }
              address.pooled();
              return again(fresh);
            });
  }

  private Future<PgConnection> again(PgConnection useless) {
    return useless.close().otherwiseEmpty().compose(closed -> connect());
  }

  /** A refused statement leaves the connection as it was; all else does not. */
  private void failed(PgConnection connection, Throwable failure) {
    if (failure instanceof PgException refused) {
      String state = String.valueOf(refused.getSqlState());
      if (POOLED.contains(state)) {
        address.pooled();
      } else if (!state.equals(READ_ONLY)) {
        return;
      }
    }
    if (connection == open) {
      open = null;
      stalled++;
      connection.closeHandler(closed -> stalled--);
      end(connection, failure instanceof TimeoutException);
    }
  }

  /** What is not waited for any more need not go on there. */
  private static void end(PgConnection connection, boolean running) {
    Future<Void> cancelled =
        running
            ? connection.cancelRequest().timeout(FAREWELL_MILLIS, TimeUnit.MILLISECONDS)
            : Future.succeededFuture();
    cancelled.onComplete(done -> connection.close());
  }

  private void gone(PgConnection connection) {
    if (connection == open) {
      open = null;
    }
  }
}
