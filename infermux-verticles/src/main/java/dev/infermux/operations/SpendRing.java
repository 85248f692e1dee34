package dev.infermux.operations;

import dev.infermux.inference.Usd;
import java.util.List;
import java.util.stream.LongStream;

/** Dollars by hour, of the last day. Thread-safe. */
final class SpendRing {

  static final int HOURS = 24;

  private final long[] hours = new long[HOURS];
  private final long[] nanos = new long[HOURS];

  synchronized void add(long hour, Usd amount) {
    int slot = slot(hour);
    if (hours[slot] != hour) {
      hours[slot] = hour;
      nanos[slot] = 0;
    }
    nanos[slot] += amount.nanos();
  }

  /** Those of a day, the last of them {@code hour}. */
  synchronized List<Usd> upTo(long hour) {
    return LongStream.rangeClosed(hour - HOURS + 1, hour).mapToObj(this::at).toList();
  }

  private Usd at(long hour) {
    return hours[slot(hour)] == hour ? new Usd(nanos[slot(hour)]) : Usd.ZERO;
  }

  private static int slot(long hour) {
    return Math.floorMod(hour, HOURS);
  }
}
