package dev.infermux.nodes;

import io.vertx.core.Future;
import java.util.List;

/**
 * Where nodes keep together what was changed while they run: the state of each thing, and one
 * version that grows with each change. Safe on any thread.
 */
public interface ChangeStore {

  /**
   * All that was changed, the latest last.
   *
   * @param known the version that the node has; where it is the newest, nothing else is read
   */
  Future<ChangeState> read(long known);

  /** Takes changes, all or none, where nothing has changed since; repeating it changes nothing. */
  Future<ChangeAnswer> write(ChangeAttempt attempt);

  /** Tells which version this node has in force, and what of it it could not bring into force. */
  Future<Void> applied(long version, List<String> problems);

  /**
   * Has something done, on the context that asks, when another node says that it has changed
   * something.
   */
  Future<Void> listen(Runnable hint);

  /** Hears no hints any more. */
  Future<Void> close();
}
