package dev.infermux.cluster.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.cluster.lease.StoreException;
import dev.infermux.cluster.lease.StoreException.Kind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables and functions, made and brought up to date by whichever node comes first. Beside their
 * version stands the oldest one whose programs they still bear: a program works with its own
 * version and with later ones that bear it, also where it begins with them.
 *
 * <p>Whoever adds a file {@code schema-N.sql} raises {@link #VERSION}, has {@link #SHAPE} look for
 * all that the file makes, and raises {@link #BEARS} only where the file takes something away that
 * older programs use.
 */
final class PgSchema {

  static final int VERSION = 3;

  /** The oldest version whose programs work with these tables. */
  static final int BEARS = 1;

  private static final Logger LOG = LoggerFactory.getLogger("infermux.budget");
  private static final int OLDEST_SERVER = 120_000;

  /** Any number, as long as all nodes take the same. */
  private static final long LOCK = 0x1f3a_6e75;

  private static final String LOOK =
      """
      SELECT current_setting('server_encoding') AS encoding,
        current_setting('server_version_num')::int AS server,
        current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off' AS safe,
        to_regclass('infermux.meta') IS NOT NULL AS ours,
        EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = 'infermux') AS used,
        has_database_privilege(current_database(), 'CREATE') AS may
      """;

  /** Finds nothing, but fails where a table or function is not as it was made. */
  static final String SHAPE =
      """
      SELECT x.holder, node, version, state, started, seen, lost_after, backlog, skew_ms
        FROM infermux.holder x WHERE false;
      SELECT account, month, limit_nanos, authorised, settled, kept, wanted_at
        FROM infermux.budget WHERE false;
      SELECT account, month, holder, limit_nanos, authorised, settled, kept, step, before, after,
        closed FROM infermux.lease WHERE false;
      SELECT at, holder, account, month, authorised, told, settled
        FROM infermux.lease_history WHERE false;
      SELECT holder, seq, at, caller, project, grp, provider, model, nanos, last, prompt_tokens,
        completion_tokens FROM infermux.cost_entry WHERE false;
      SELECT hour, caller, project, grp, provider, model, nanos, requests, prompt_tokens,
        completion_tokens FROM infermux.cost_hour WHERE false;
      SELECT one, version FROM infermux.change_version WHERE false;
      SELECT kind, name, version, body FROM infermux.change WHERE false;
      SELECT version, kind, name, effect, at, holder, attempt
        FROM infermux.change_history WHERE false;
      SELECT holder, version, problems, at FROM infermux.change_applied WHERE false;
      SELECT 'infermux.steps'::regproc, 'infermux.step'::regproc, 'infermux.end_holder'::regproc,
        'infermux.close_lease'::regproc, 'infermux.settle_holder'::regproc,
        'infermux.lock_budgets'::regproc, 'infermux.add_costs'::regproc, 'infermux.change(uuid, uuid, bigint, text[], text[], text[],
        text[])'::regprocedure;
      """;

  private static final String BEGIN =
      "BEGIN; SET LOCAL client_min_messages = warning; SELECT pg_advisory_xact_lock(" + LOCK + ")";
  private static final String FIRST =
      """
      CREATE SCHEMA IF NOT EXISTS infermux;
      CREATE TABLE IF NOT EXISTS infermux.meta (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        version int NOT NULL,
        cluster text NOT NULL,
        bears int
      );
      ALTER TABLE infermux.meta ADD COLUMN IF NOT EXISTS bears int;
      """;

  /** Tables that were made before this column was have none. */
  private static final String FOUND =
      """
      SELECT version::int, cluster::text, (to_jsonb(m) ->> 'bears')::int AS bears
        FROM infermux.meta m
      """;

  private final PgLane lane;
  private final String cluster;
  private boolean warned;

  /**
   * @param cluster the name of all nodes together
   */
  PgSchema(PgLane lane, String cluster) {
    this.lane = lane;
    this.cluster = cluster;
  }

  /** Makes sure that everything is there. */
  Future<Void> prepare() {
    return server()
        .compose(
            row -> {
              if (!row.getBoolean("safe") && !warned) {
                warned = true;
                LOG.warn(
                    "the database may forget what it has authorised when its machine fails"
                        + " (expected: fsync and synchronous_commit on)");
              }
              return row.getBoolean("ours") ? version() : upgrade();
            });
  }

  /** What is there, which stays as it is; fails as {@link #prepare} would. */
  Future<String> look() {
    return server()
        .compose(
            row -> {
              String server = "PostgreSQL " + row.getInteger("server") / 10_000;
              if (row.getBoolean("ours")) {
                return found().map(version -> server + " with tables of version " + version);
              }
              return row.getBoolean("may")
                  ? Future.succeededFuture(server + "; the first node will make its tables there")
                  : refused("no right to make the schema infermux (expected: CREATE on it)");
            });
  }

  /** What {@link #LOOK} finds, where it can be used. */
  private Future<Row> server() {
    return lane.run(LOOK, Tuple.tuple())
        .compose(
            rows -> {
              Row row = rows.iterator().next();
              String wrong = wrong(row);
              return wrong.isEmpty() ? Future.succeededFuture(row) : refused(wrong);
            });
  }

  /** The version of the tables, which this program can use as they are or once it upgraded them. */
  private Future<Integer> found() {
    return lane.run(FOUND, Tuple.tuple())
        .recover(PgSchema::foreign)
        .compose(
            rows -> {
              if (!rows.iterator().hasNext()) {
                return Future.succeededFuture(0);
              }
              Row row = rows.iterator().next();
              String wrong = unusable(row);
              return wrong.isEmpty() ? Future.succeededFuture(row.getInteger(0)) : refused(wrong);
            });
  }

  private static String wrong(Row row) {
    if (!row.getString("encoding").equals("UTF8")) {
      return "a database in " + row.getString("encoding") + " (expected: one in UTF8)";
    }
    if (row.getInteger("server") < OLDEST_SERVER) {
      return "PostgreSQL " + row.getInteger("server") / 10_000 + " (expected: 12 or newer)";
    }
    if (row.getBoolean("used") && !row.getBoolean("ours")) {
      return "a schema infermux that is somebody else's (expected: one of InferMux, or none)";
    }
    return "";
  }

  private Future<Void> version() {
    return found()
        .compose(
            version ->
                version < VERSION
                    ? upgrade()
                    : lane.script(SHAPE).recover(PgSchema::foreign).mapEmpty());
  }

  /** Why tables of this version and cluster are not to be used; empty where they are. */
  private String unusable(Row row) {
    int version = row.getInteger(0);
    String owner = row.getString(1);
    if (!owner.equals(cluster)) {
      return "it belongs to the cluster \""
          + owner
          + "\" (expected: a database of its own for \""
          + cluster
          + "\", or cluster.name: "
          + owner
          + ")";
    }
    Integer bears = row.getInteger(2);
    int oldest = bears == null ? version : bears;
    return oldest <= VERSION
        ? ""
        : "its tables are of version "
            + version
            + ", for programs that know version "
            + oldest
            + " (this one knows "
            + VERSION
            + "; expected: a newer InferMux)";
  }

  /** Tables of the same names that somebody else has made, or changed. */
  private static <T> Future<T> foreign(Throwable failure) {
    return failure instanceof StoreException known && PgFailures.foreign(known)
        ? Future.failedFuture(
            new StoreException(
                Kind.REFUSED,
                "budgets.shared.url: the schema infermux is not as InferMux made it; "
                    + known.getMessage()))
        : Future.failedFuture(failure);
  }

  /** One node at a time; the others find it done. */
  private Future<Void> upgrade() {
    return lane.script(BEGIN)
        .compose(begun -> lane.script(FIRST))
        .compose(made -> lane.run("SELECT version FROM infermux.meta FOR UPDATE", Tuple.tuple()))
        .compose(rows -> from(rows.iterator().hasNext() ? rows.iterator().next().getInteger(0) : 0))
        .compose(done -> lane.script("COMMIT"))
        .recover(
            failure -> lane.script("ROLLBACK").transform(undone -> Future.failedFuture(failure)))
        .compose(committed -> version());
  }

  private Future<Void> from(int version) {
    if (version >= VERSION) {
      return Future.succeededFuture();
    }
    Future<Void> done = Future.succeededFuture();
    for (int next = version + 1; next <= VERSION; next++) {
      String script = script(next);
      done = done.compose(before -> lane.script(script)).mapEmpty();
    }
    LOG.info("the database's tables are brought from version {} to {}", version, VERSION);
    return done.compose(
            made ->
                lane.run(
                    "INSERT INTO infermux.meta (version, cluster, bears) VALUES ($1, $2, $3)"
                        + " ON CONFLICT (one)"
                        + " DO UPDATE SET version = excluded.version, bears = excluded.bears",
                    Tuple.of(VERSION, cluster, BEARS)))
        .mapEmpty();
  }

  private static String script(int version) {
    try (InputStream in = PgSchema.class.getResourceAsStream("schema-" + version + ".sql")) {
      if (in == null) {
        throw new IllegalStateException("no schema-" + version + ".sql in the jar");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> Future<T> refused(String what) {
    return Future.failedFuture(
        new StoreException(Kind.REFUSED, "budgets.shared.url: the database: " + what));
  }
}
