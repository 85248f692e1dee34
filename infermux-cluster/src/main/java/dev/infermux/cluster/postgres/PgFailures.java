package dev.infermux.cluster.postgres;

import dev.infermux.cluster.lease.StoreException;
import dev.infermux.cluster.lease.StoreException.Kind;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** What failures of the database mean, in an operator's words. */
final class PgFailures {

  private static final Set<String> FENCED = Set.of("IM001", "IM002");

  /** What is wrong with the statement's own data, whatever the state of the database. */
  private static final Set<String> OWN_CLASSES = Set.of("22", "23", "54");

  /** A user, database, right or table that is not there: no later try does better. */
  private static final Set<String> LASTING_CLASSES = Set.of("28", "3D", "3F", "42", "0A");

  private PgFailures() {}

  static StoreException of(Throwable failure, String where) {
    if (failure instanceof StoreException known) {
      return known;
    }
    String at = "the database at " + where + ": ";
    if (failure instanceof PgException refused) {
      String state = String.valueOf(refused.getSqlState());
      Kind kind = kind(state);
      boolean lasting = kind == Kind.REFUSED || LASTING_CLASSES.contains(family(state));
      return new StoreException(kind, lasting, at + words(state, refused), failure);
    }
    return new StoreException(Kind.UNREACHABLE, false, at + words(failure), failure);
  }

  /** Whether its tables or functions are not those of InferMux, or hold what it never writes. */
  static boolean foreign(StoreException failure) {
    if (!(failure.getCause() instanceof PgException refused)) {
      return false;
    }
    String state = String.valueOf(refused.getSqlState());
    return family(state).equals("22") || foreign(state);
  }

  /** Whether the database has ended it in favour of another one. */
  static boolean deadlock(Throwable failure) {
    return failure.getCause() instanceof PgException refused
        && "40P01".equals(refused.getSqlState());
  }

  /** Whether it has no connection for one that listens, or a pooler is there that lets none. */
  static boolean unheard(Throwable failure) {
    return failure.getCause() instanceof PgException refused
        && Set.of("53300", "0A000").contains(String.valueOf(refused.getSqlState()));
  }

  /** Whether a row is there already that the statement would have made. */
  static boolean duplicate(Throwable failure) {
    return failure.getCause() instanceof PgException refused
        && "23505".equals(refused.getSqlState());
  }

  private static boolean foreign(String state) {
    return state.equals("3F000")
        || (family(state).equals("42") && !state.equals("42501") && !state.equals("42P05"));
  }

  private static String words(Throwable failure) {
    if (failure instanceof UnknownHostException) {
      return "no such host";
    }
    if (failure instanceof TimeoutException) {
      return "it does not answer in time (is it stopped or overloaded, or the way to it cut?)";
    }
    if (failure instanceof ConnectException) {
      return "it takes no connection (is it running, and the way to it open?)";
    }
    if (failure instanceof IOException || failure instanceof ClosedConnectionException) {
      return "it ends connections (is it being stopped, or a pooler in statement mode?)";
    }
    if (String.valueOf(failure.getMessage()).contains("SSL handshake failed")) {
      // All that the driver says.
      return "there is no TLS with it (is its certificate signed by an authority that is trusted or"
          + " that sslrootcert names, and of this host, where sslmode is verify-full?)";
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static Kind kind(String state) {
    if (FENCED.contains(state)) {
      return Kind.FENCED;
    }
    return OWN_CLASSES.contains(family(state)) || state.startsWith("IM")
        ? Kind.REFUSED
        : Kind.UNREACHABLE;
  }

  private static String family(String state) {
    return state.substring(0, Math.min(2, state.length()));
  }

  private static String words(String state, PgException refused) {
    String said = String.valueOf(refused.getErrorMessage());
    return switch (state) {
      case "28P01", "28000" -> said + " (expected: a user and password that it accepts)";
      case "3D000" -> said + " (expected: a database that exists)";
      case "25006" ->
          "it is read-only (expected: the primary, and default_transaction_read_only off)";
      case "53100" -> "its disk is full (expected: room for its tables and its log)";
      case "53300" ->
          "it has no connection left (lower budgets.shared.pool, or raise its"
              + " max_connections)";
      case "57014" -> "a statement took too long";
      case "57P01", "57P02", "57P03" -> "it is being stopped or started";
      case "42501" -> said + " (expected: a user that may create the schema infermux, or owns it)";
      case "26000", "42P05" ->
          said + " (behind PgBouncer in transaction mode? prepared statements are used no more)";
      default ->
          foreign(state)
              ? said + " (expected: the schema infermux as InferMux made it, and nobody changed it)"
              : said;
    };
  }
}
