package dev.infermux.assembly;

import dev.infermux.inbound.Listener;
import java.util.function.Function;

/**
 * How one kind of listener comes to be.
 *
 * @param everyCell whether each cell has one; else the first cell alone
 * @param listener makes the one of a cell
 */
record ListenerFactory(boolean everyCell, Function<Cell, Listener> listener) {

  static ListenerFactory inEveryCell(Function<Cell, Listener> listener) {
    return new ListenerFactory(true, listener);
  }

  static ListenerFactory inOneCell(Function<Cell, Listener> listener) {
    return new ListenerFactory(false, listener);
  }
}
