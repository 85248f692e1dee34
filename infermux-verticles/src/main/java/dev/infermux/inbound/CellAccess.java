package dev.infermux.inbound;

import java.util.function.Consumer;

/** A cell, as a listener sees it whose connections are not Vert.x's own. Safe on any thread. */
@FunctionalInterface
public interface CellAccess {

  /**
   * Runs some work on the cell's context, with the client of its router, in the order of asking.
   */
  void serve(Consumer<RouterClient> work);
}
