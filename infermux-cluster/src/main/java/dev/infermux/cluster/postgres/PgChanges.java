package dev.infermux.cluster.postgres;

import dev.infermux.nodes.ChangeAnswer;
import dev.infermux.nodes.ChangeAttempt;
import dev.infermux.nodes.ChangeEffect;
import dev.infermux.nodes.ChangeState;
import dev.infermux.nodes.SharedChange;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** What was changed while nodes run, in the database. One event loop's. */
final class PgChanges {

  /** One statement, so that version and changes are of one moment. */
  private static final String READ =
      """
      SELECT v.version, c.kind, c.name, c.body
        FROM infermux.change_version v LEFT JOIN infermux.change c ON v.version <> $1
        ORDER BY c.version, c.kind, c.name
      """;

  private static final String CHANGE =
      "SELECT taken, newest FROM infermux.change($1, $2, $3, $4, $5, $6, $7)";
  private static final String APPLIED =
      """
      INSERT INTO infermux.change_applied (holder, version, problems) VALUES ($1, $2, $3)
        ON CONFLICT (holder) DO UPDATE
          SET version = excluded.version, problems = excluded.problems, at = clock_timestamp()
      """;

  private final PgLanes lanes;

  PgChanges(PgLanes lanes) {
    this.lanes = lanes;
  }

  Future<ChangeState> read(long known) {
    return lanes.run(READ, Tuple.of(known)).map(PgChanges::state);
  }

  Future<ChangeAnswer> change(UUID holder, ChangeAttempt attempt) {
    List<SharedChange> changes = attempt.changes();
    Tuple values =
        Tuple.tuple()
            .addUUID(holder)
            .addUUID(attempt.id())
            .addLong(attempt.seen())
            .addArrayOfString(texts(changes, SharedChange::kind))
            .addArrayOfString(texts(changes, SharedChange::name))
            .addArrayOfString(texts(changes, change -> change.effect().name()))
            .addArrayOfString(texts(changes, SharedChange::body));
    return lanes
        .run(CHANGE, values)
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new ChangeAnswer(row.getBoolean(0), row.getLong(1));
            });
  }

  Future<Void> applied(UUID holder, long version, List<String> problems) {
    String[] texts = problems.stream().map(PgText::whole).toArray(String[]::new);
    return lanes
        .run(APPLIED, Tuple.tuple().addUUID(holder).addLong(version).addArrayOfString(texts))
        .mapEmpty();
  }

  private static ChangeState state(RowSet<Row> rows) {
    long version = 0;
    List<SharedChange> changes = new ArrayList<>();
    for (Row row : rows) {
      version = row.getLong(0);
      String kind = row.getString(1);
      if (kind != null) {
        String body = row.getString(3);
        changes.add(
            new SharedChange(
                PgText.decode(kind),
                PgText.decode(row.getString(2)),
                body == null ? ChangeEffect.REMOVED : ChangeEffect.SET,
                body == null ? "" : PgText.decode(body)));
      }
    }
    return new ChangeState(version, changes);
  }

  /** In full: they are read again. Names are short enough for an index. */
  private static String[] texts(List<SharedChange> changes, Function<SharedChange, String> value) {
    return changes.stream().map(change -> PgText.whole(value.apply(change))).toArray(String[]::new);
  }
}
