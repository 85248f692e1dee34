package dev.infermux.inbound.management.view;

import dev.infermux.inference.Usd;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The holders of shared budgets, a start of a process each; there are none where one has them
 * alone.
 */
public interface HoldersView {

  /** Whether this node shares its budgets. */
  boolean shared();

  /** The versions of the tables that they share. */
  Tables tables();

  /**
   * How far this node is with what was changed for all nodes; null where it has its budgets alone.
   */
  @Nullable ChangesReport changes();

  /** The living nodes, and those that ended within a day, the latest sign of life first. */
  Future<List<Row>> all();

  /**
   * Ends a node by the operator's word.
   *
   * @param spent what it spent beyond what it told; null = all that its leases allowed
   * @return what has become free
   */
  Future<Usd> settle(UUID holder, @Nullable Usd spent);

  /**
   * A holder.
   *
   * @param state active, lost, left, recovered or settled
   * @param unsettled what its leases hold beyond what it has told as spent
   * @param backlog costs that it had still to tell
   * @param skewMillis by how much its clock was ahead of the database's
   * @param self whether it is the one that answers
   * @param changes what it has in force of what was changed while running; null = it has told
   *     nothing
   */
  record Row(
      UUID holder,
      String name,
      String state,
      String version,
      Instant started,
      Instant seen,
      int leases,
      Usd authorised,
      Usd unsettled,
      long backlog,
      long skewMillis,
      boolean self,
      @Nullable Changes changes) {}

  /**
   * The versions of tables that nodes share.
   *
   * @param version that they are of; 0 = not known
   * @param known that this node's program would make
   */
  record Tables(int version, int known) {}

  /**
   * What a holder has in force of what was changed for all nodes.
   *
   * @param newest the version that there is
   * @param problems what it could not bring into force
   */
  record Changes(long version, long newest, List<String> problems) {}
}
