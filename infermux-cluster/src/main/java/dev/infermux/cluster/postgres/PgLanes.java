package dev.infermux.cluster.postgres;

import dev.infermux.cluster.lease.StoreException;
import dev.infermux.cluster.lease.StoreException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connections with one statement each at a time. One event loop's. */
final class PgLanes {

  private static final int MOST_WAITING = 1000;

  private static final int MOST_TRIES = 4;

  /** Questions that can be left open wait behind so few: nothing else shall wait for them. */
  private static final int MOST_ASIDE = 3;

  private final List<PgLane> lanes = new ArrayList<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private boolean closed;

  PgLanes(Vertx vertx, PgAddress address, int size) {
    for (int i = 0; i < size; i++) {
      lanes.add(new PgLane(vertx, address));
    }
  }

  /** Whether a statement would be sent at once. */
  boolean idle() {
    return !closed && lanes.stream().anyMatch(lane -> !lane.busy());
  }

  /** Whether one would be, and another after it: nothing that is urgent waits for the first. */
  boolean spare() {
    return !closed && lanes.stream().filter(lane -> !lane.busy()).count() > 1;
  }

  /** Runs a statement as soon as a connection has nothing else to do. */
  Future<RowSet<Row>> run(String sql, Tuple values) {
    if (closed || waiting.size() >= MOST_WAITING) {
      return Future.failedFuture(
          new StoreException(Kind.UNREACHABLE, "too many statements wait for the database"));
    }
    Promise<RowSet<Row>> promise = Promise.promise();
    waiting.add(new Waiting(sql, values, promise));
    next();
    return promise.future();
  }

  /** The same for what can be left open while the database is slow. */
  Future<RowSet<Row>> ask(String sql, Tuple values) {
    return waiting.size() < MOST_ASIDE
        ? run(sql, values)
        : Future.failedFuture(
            new StoreException(Kind.UNREACHABLE, "the database has not answered earlier ones yet"));
  }

  Future<Void> close() {
    closed = true;
    waiting.forEach(
        left -> left.promise.fail(new StoreException(Kind.UNREACHABLE, "the program ends")));
    waiting.clear();
    return Future.join(lanes.stream().map(PgLane::close).toList()).mapEmpty();
  }

  private void next() {
    for (PgLane lane : lanes) {
      Waiting first = lane.busy() ? null : waiting.poll();
      if (first != null) {
        run(lane, first, MOST_TRIES)
            .onComplete(
                (rows, failure) -> {
                  next();
                  first.answer(rows, failure);
                });
      }
    }
  }

  /** Of two that lock each other out the database ends one: it finds its way now. */
  private static Future<RowSet<Row>> run(PgLane lane, Waiting first, int tries) {
    return lane.run(first.sql, first.values)
        .recover(
            failure ->
                tries > 1 && PgFailures.deadlock(failure)
                    ? run(lane, first, tries - 1)
                    : Future.failedFuture(failure));
  }

  private record Waiting(String sql, Tuple values, Promise<RowSet<Row>> promise) {

    void answer(RowSet<Row> rows, @Nullable Throwable failure) {
      if (failure == null) {
        promise.complete(rows);
      } else {
        promise.fail(failure);
      }
    }
  }
}
