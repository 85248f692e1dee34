package dev.infermux.cluster.lease;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.NodesLedger.Node;
import dev.infermux.ledger.journal.SharedEntry;
import dev.infermux.ledger.report.SharedSpend;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All that several nodes keep together: leases, costs, changes, the nodes themselves. */
public interface SharedStore extends LeaseStore, ChangeLog {

  /** Takes costs, each once however often it is told. */
  Future<Void> add(List<SharedEntry> entries);

  /** The nodes that live, and those of which something is still open. */
  Future<List<Node>> nodes(UUID self);

  /**
   * Ends a holder by an operator's word.
   *
   * @param spent what it spent beyond what it told; null = all that its leases allowed
   * @return what has become free
   */
  Future<Usd> settle(UUID holder, @Nullable Usd spent);

  /** The spend of a month, of all nodes. */
  Future<List<SharedSpend>> month(YearMonth month);

  /** Their spend from a moment on, by hour or by minute. */
  Future<List<SharedSpend>> since(Instant from, boolean byMinute);

  /** Forgets single costs that are older than they are kept; the sums stay. */
  Future<Integer> prune();

  /** Tells something to all nodes that listen now, this one too. What is lost is lost. */
  Future<Void> tell(String hint);

  /**
   * Listens from here on, as far as the store can be reached.
   *
   * @param heard on the event loop of the store
   */
  Future<Void> hear(Consumer<String> heard);

  Future<Void> close();
}
