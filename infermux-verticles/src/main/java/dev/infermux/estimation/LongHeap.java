package dev.infermux.estimation;

import java.util.Arrays;

/** Numbers, of which the least comes out first. Takes log n time for each; for one thread. */
final class LongHeap {

  private long[] numbers = new long[64];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    size = 0;
  }

  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size << 1);
    }
    int at = size++;
    while (at > 0 && numbers[(at - 1) >> 1] > number) {
      numbers[at] = numbers[(at - 1) >> 1];
      at = (at - 1) >> 1;
    }
    numbers[at] = number;
  }

  /** Takes the least; there has to be one. */
  long take() {
    long least = numbers[0];
    long last = numbers[--size];
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && numbers[child + 1] < numbers[child]) {
        child++;
      }
      if (numbers[child] >= last) {
        break;
      }
      numbers[at] = numbers[child];
      at = child;
    }
    numbers[at] = last;
    return least;
  }
}
