package dev.infermux;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** All cells of one InferMux, found by the event loop that asks. Safe on any thread. */
final class Cells {

  private final List<Cell> all = new CopyOnWriteArrayList<>();
  private final Map<EventLoop, Cell> byLoop = new ConcurrentHashMap<>();
  private final AtomicInteger next = new AtomicInteger();

  void joined(Cell cell, Context context) {
    all.add(cell);
    byLoop.putIfAbsent(((ContextInternal) context).nettyEventLoop(), cell);
  }

  List<Cell> all() {
    return all;
  }

  /** The cell of the current event loop; elsewhere the cells take turns. */
  Cell here() {
    Context current = Vertx.currentContext();
    if (current != null) {
      Cell own = byLoop.get(((ContextInternal) current).nettyEventLoop());
      if (own != null) {
        return own;
      }
    }
    return all.get(Math.floorMod(next.getAndIncrement(), all.size()));
  }
}
