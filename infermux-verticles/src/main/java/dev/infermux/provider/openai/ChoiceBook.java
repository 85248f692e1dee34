package dev.infermux.provider.openai;

import java.util.BitSet;

/** Keeps which choices of a stream have begun and which have given their reason to end. */
final class ChoiceBook {

  private static final int MOST = 4_096;

  private final BitSet begun = new BitSet();
  private final BitSet roleless = new BitSet();
  private final BitSet finished = new BitSet();
  private final long expected;

  /** A book for a call that asked for so many choices. */
  ChoiceBook(long expected) {
    this.expected = expected;
  }

  /** A choice's index, or -1 for one that no answer can have. */
  int index(long given) {
    return given >= 0 && given < MOST ? (int) given : -1;
  }

  /** Notes a choice; true when it is its first chunk. */
  boolean opens(int index) {
    if (begun.get(index)) {
      return false;
    }
    begun.set(index);
    return true;
  }

  /** Notes that a choice began without saying whose words they are. */
  void missesRole(int index) {
    roleless.set(index);
  }

  /** Whether the role must be added now; true once for a choice that misses it. */
  boolean greet(int index) {
    boolean missing = index >= 0 && roleless.get(index);
    if (missing) {
      roleless.clear(index);
    }
    return missing;
  }

  void finish(int index) {
    finished.set(index);
  }

  /** Whether every choice asked for, and every one that began, has ended. */
  boolean complete() {
    return finished.cardinality() >= expected && finished.cardinality() == begun.cardinality();
  }
}
