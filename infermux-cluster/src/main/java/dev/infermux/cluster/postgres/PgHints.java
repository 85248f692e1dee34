package dev.infermux.cluster.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nodes tell each other through the database: heard on a connection of its own, which is tried
 * and made anew every few seconds. Behind a pooler nothing is heard. One event loop's.
 */
final class PgHints {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.budget");

  /** Repeated it changes nothing, and finds out whether the connection still lives. */
  private static final String LISTEN = "LISTEN infermux_hints";

  private static final String TELL =
      "SELECT pg_notify('infermux_hints', hint) FROM unnest($1::text[]) AS hint";

  private static final long AGAIN_MILLIS = 5_000;
  private static final int MOST_WAITING = 500;

  private final Vertx vertx;
  private final PgAddress address;
  private final PgLane listening;
  private final PgLanes lanes;
  private final Set<String> waiting = new LinkedHashSet<>();
  private boolean telling;
  private boolean warned;
  private boolean closed;

  PgHints(Vertx vertx, PgAddress address, PgLanes lanes) {
    this.vertx = vertx;
    this.address = address;
    this.listening = new PgLane(vertx, address);
    this.lanes = lanes;
  }

  /** Tells at once; what comes while that is under way goes together, each hint once. */
  Future<Void> tell(String hint) {
    if (waiting.size() < MOST_WAITING) {
      waiting.add(hint);
    }
    next();
    return Future.succeededFuture();
  }

  private void next() {
    if (!telling && !waiting.isEmpty()) {
      telling = true;
      Tuple all = Tuple.tuple().addArrayOfString(waiting.toArray(String[]::new));
      waiting.clear();
      lanes
          .run(TELL, all)
          .onComplete(
              told -> {
                telling = false;
                next();
              });
    }
  }

  Future<Void> hear(Consumer<String> heard) {
    listening.hearing(heard);
    listen();
    return Future.succeededFuture();
  }

  private void listen() {
    if (closed || address.behindPooler()) {
      listening.close();
      return;
    }
    listening
        .script(LISTEN)
        .onFailure(this::unheard)
        .eventually(() -> vertx.timer(AGAIN_MILLIS, TimeUnit.MILLISECONDS))
        .onComplete(again -> listen());
  }

  /** Where the database is away its steps say so. */
  private void unheard(Throwable failure) {
    if (!warned && PgFailures.unheard(failure)) {
      warned = true;
      LOG.warn(
          "budgets.shared: {}: this node does not hear at once that another one waits for money",
          failure.getMessage());
    }
  }

  Future<Void> close() {
    closed = true;
    return listening.close();
  }
}
