package dev.infermux.vertx;

import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the connections of one listener over all its event loops. Safe on any thread. */
public final class ConnectionCount {

  private final BufferedBytes buffered;
  private final AtomicInteger all = new AtomicInteger();
  private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();

  /** Counts connections alone. */
  public ConnectionCount() {
    this(BufferedBytes.unlimited());
  }

  /**
   * Counts connections, and what they do not take.
   *
   * @param buffered the account of what is held for callers
   */
  public ConnectionCount(BufferedBytes buffered) {
    this.buffered = buffered;
  }

  /** What a connection has not taken changes by so many bytes. */
  void unsent(long more) {
    buffered.hold(BufferedKind.UNSENT, more);
  }

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
