package dev.infermux.cluster.lease;

import dev.infermux.nodes.ChangeAnswer;
import dev.infermux.nodes.ChangeAttempt;
import dev.infermux.nodes.ChangeState;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** What was changed while nodes run, as the store keeps it. Fails with a {@link StoreException}. */
public interface ChangeLog {

  /** All of it, the latest last; where {@code known} is the newest version, that alone. */
  Future<ChangeState> changes(long known);

  /** Takes changes of a holder, all or none, where nothing has changed since they were decided. */
  Future<ChangeAnswer> change(UUID holder, ChangeAttempt attempt);

  /** Takes note of what a holder has in force, and of what it could not bring into force. */
  Future<Void> applied(UUID holder, long version, List<String> problems);
}
