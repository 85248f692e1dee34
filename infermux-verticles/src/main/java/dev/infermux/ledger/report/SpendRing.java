package dev.infermux.ledger.report;

import dev.infermux.inference.Usd;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;

/** Dollars by time: a ring of buckets of one width, each in the place of one that was retired. */
final class SpendRing {

  private final long widthMillis;
  private final long[] slots;
  private final long[] nanos;

  SpendRing(long widthMillis, int count) {
    this.widthMillis = widthMillis;
    this.slots = new long[count];
    this.nanos = new long[count];
  }

  void add(long atMillis, Usd amount) {
    long slot = Math.floorDiv(atMillis, widthMillis);
    int index = Math.floorMod(slot, slots.length);
    if (slots[index] > slot) {
      return;
    }
    if (slots[index] < slot) {
      slots[index] = slot;
      nanos[index] = 0;
    }
    nanos[index] = Math.addExact(nanos[index], amount.nanos());
  }

  /** So many of the latest, that of {@code nowMillis} last. */
  List<Usd> latest(long nowMillis, int count) {
    long last = Math.floorDiv(nowMillis, widthMillis);
    return LongStream.rangeClosed(last - count + 1, last).mapToObj(this::at).toList();
  }

  private Usd at(long slot) {
    int index = Math.floorMod(slot, slots.length);
    return slots[index] == slot ? new Usd(nanos[index]) : Usd.ZERO;
  }

  /** Whether all buckets ended before that of {@code nowMillis} and those that are kept with it. */
  boolean silent(long nowMillis) {
    long oldest = Math.floorDiv(nowMillis, widthMillis) - slots.length;
    return LongStream.of(slots).allMatch(slot -> slot <= oldest);
  }

  /** Every bucket with something in it, by the moment at which it began, in no order. */
  void forEach(BiConsumer<Long, Usd> action) {
    for (int index = 0; index < slots.length; index++) {
      if (nanos[index] != 0) {
        action.accept(slots[index] * widthMillis, new Usd(nanos[index]));
      }
    }
  }
}
