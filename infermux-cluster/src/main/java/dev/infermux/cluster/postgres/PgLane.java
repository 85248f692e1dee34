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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection with one statement at a time. What does not answer in time is given up, and the
 * next statement gets a connection of its own: a stalled one would keep all that comes after it.
 */
final class PgLane {

  private static final long CONNECT_MILLIS = 5_000;
  private static final long STATEMENT_MILLIS = 10_000;

  private static final long PAUSE_MILLIS = 100;

  /** Connections that were given up and are not closed yet. */
  private static final int MOST_STALLED = 8;

  private static final Set<String> POOLED = Set.of("26000", "42P05", "08P01");

  private final Vertx vertx;
  private final PgAddress address;
  private @Nullable PgConnection open;
  private boolean busy;
  private int stalled;

  PgLane(Vertx vertx, PgAddress address) {
    this.vertx = vertx;
    this.address = address;
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
        : connection.close().timeout(1, TimeUnit.SECONDS).otherwiseEmpty();
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
    return PgConnection.connect(vertx, address.options())
        .timeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
        .onSuccess(
            fresh -> {
              open = fresh;
              fresh.closeHandler(closed -> gone(fresh));
            });
  }

  /** A refused statement leaves the connection as it was; all else does not. */
  private void failed(PgConnection connection, Throwable failure) {
    if (failure instanceof PgException refused) {
      if (!POOLED.contains(refused.getSqlState())) {
        return;
      }
      address.pooled();
    }
    if (connection == open) {
      open = null;
      stalled++;
      connection.closeHandler(closed -> stalled--);
      connection.close();
    }
  }

  private void gone(PgConnection connection) {
    if (connection == open) {
      open = null;
    }
  }
}
