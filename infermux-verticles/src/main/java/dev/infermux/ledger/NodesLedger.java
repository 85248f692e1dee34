package dev.infermux.ledger;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.report.ReportLimits;
import dev.infermux.ledger.report.ReportSpan;
import dev.infermux.ledger.report.Reports;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The nodes that share the budgets. Any thread's. */
public interface NodesLedger {

  /** The living ones, and the ended ones that something is still open of, the latest first. */
  Future<List<Node>> list();

  /**
   * Reads the reports of all nodes.
   *
   * @param limits how many names are told apart
   * @param reader makes an immutable answer of them, on some thread
   */
  <T> Future<T> reports(ReportSpan span, ReportLimits limits, Function<Reports, T> reader);

  /**
   * Ends a node by the operator's word. Fails with {@link java.util.NoSuchElementException} where
   * none of this id is active.
   *
   * @param spent what it spent beyond what it told; null = all that its leases allowed
   * @return what of its leases has become free
   */
  Future<Usd> settle(UUID holder, @Nullable Usd spent);

  /**
   * A node.
   *
   * @param state active, lost, left, recovered or settled
   * @param held what its leases hold beyond what it has told as spent
   * @param backlog costs that it had still to tell
   * @param skewMillis by how much its clock was ahead
   * @param self whether it is this one
   * @param changes what it has in force of what was changed while running; null = it has told
   *     nothing
   */
  record Node(
      UUID holder,
      String name,
      String state,
      String version,
      Instant started,
      Instant seen,
      int leases,
      Usd authorised,
      Usd held,
      long backlog,
      long skewMillis,
      boolean self,
      @Nullable Changes changes) {}

  /**
   * What a node has in force of what was changed for all nodes.
   *
   * @param newest the version that there is
   * @param problems what it could not bring into force
   */
  record Changes(long version, long newest, List<String> problems) {}
}
