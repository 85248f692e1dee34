package dev.infermux.vertx;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the connections of one listener over all its event loops. Safe on any thread. */
public final class ConnectionCount {

  private final AtomicInteger all = new AtomicInteger();
  private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();

  /** Counts a connection; what is counted has to be left. */
  int enter() {
    return all.incrementAndGet();
  }

  void leave() {
    all.decrementAndGet();
  }

  int enter(String address) {
    return byAddress.merge(address, 1, Integer::sum);
  }

  void leave(String address) {
    byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }
}
