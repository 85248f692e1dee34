package dev.infermux.ledger.report;

import dev.infermux.inference.Usd;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** Spend by time: a ring of buckets of one width, each in the place of one that was retired. */
final class TimeBuckets {

  private static final int FIELDS = 4;

  final long widthMillis;
  private final long[] slots;
  private final long[] values;

  TimeBuckets(long widthMillis, int count) {
    this.widthMillis = widthMillis;
    this.slots = new long[count];
    this.values = new long[count * FIELDS];
  }

  void add(long atMillis, Totals totals) {
    long slot = Math.floorDiv(atMillis, widthMillis);
    int index = Math.floorMod(slot, slots.length);
    if (slots[index] > slot) {
      return;
    }
    int at = index * FIELDS;
    if (slots[index] < slot) {
      slots[index] = slot;
      Arrays.fill(values, at, at + FIELDS, 0);
    }
    values[at] += totals.usd().nanos();
    values[at + 1] += totals.requests();
    values[at + 2] += totals.promptTokens();
    values[at + 3] += totals.completionTokens();
  }

  /** The oldest moment that a reader at {@code now} still finds whole. */
  long oldest(long nowMillis) {
    return (Math.floorDiv(nowMillis, widthMillis) - slots.length + 1) * widthMillis;
  }

  /** Every bucket with something in it, in no order. */
  void forEach(BiConsumer<Long, Totals> action) {
    for (int index = 0; index < slots.length; index++) {
      int at = index * FIELDS;
      Totals totals =
          new Totals(new Usd(values[at]), values[at + 1], values[at + 2], values[at + 3]);
      if (!totals.equals(Totals.NOTHING)) {
        action.accept(slots[index] * widthMillis, totals);
      }
    }
  }
}
