package dev.infermux.cluster.changes;

import dev.infermux.cluster.lease.ChangeLog;
import dev.infermux.nodes.ChangeAnswer;
import dev.infermux.nodes.ChangeAttempt;
import dev.infermux.nodes.ChangeEffect;
import dev.infermux.nodes.ChangeState;
import dev.infermux.nodes.SharedChange;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The contract as the functions of the database have it, in memory. */
class MemoryChangesTest extends ChangeLogContract {

  private MemoryChanges changes = new MemoryChanges();

  @Override
  protected ChangeLog log() {
    return changes;
  }

  @Override
  protected void clear() {
    changes = new MemoryChanges();
  }

  /** Rows by kind and name. */
  private static final class MemoryChanges implements ChangeLog {
    private static final Comparator<Row> ORDER =
        Comparator.comparingLong(Row::version)
            .thenComparing(row -> row.change().kind())
            .thenComparing(row -> row.change().name());

    private final Map<List<String>, Row> rows = new HashMap<>();
    private final Set<UUID> attempts = new HashSet<>();
    private long version;

    @Override
    public Future<ChangeState> changes(long known) {
      List<Row> all = new ArrayList<>(known == version ? List.of() : rows.values());
      all.sort(ORDER);
      return Future.succeededFuture(
          new ChangeState(version, all.stream().map(Row::change).toList()));
    }

    @Override
    public Future<ChangeAnswer> change(UUID holder, ChangeAttempt attempt) {
      if (attempts.contains(attempt.id())) {
        return Future.succeededFuture(new ChangeAnswer(true, version));
      } else if (attempt.seen() != version) {
        return Future.succeededFuture(new ChangeAnswer(false, version));
      }
      attempts.add(attempt.id());
      version++;
      for (SharedChange change : attempt.changes()) {
        List<String> key = List.of(change.kind(), change.name());
        if (change.effect() == ChangeEffect.FORGOTTEN) {
          rows.remove(key);
        } else {
          rows.put(key, new Row(version, change));
        }
      }
      return Future.succeededFuture(new ChangeAnswer(true, version));
    }

    @Override
    public Future<Void> applied(UUID holder, long applied, List<String> problems) {
      return Future.succeededFuture();
    }

    private record Row(long version, SharedChange change) {}
  }
}
