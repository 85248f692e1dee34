package dev.infermux.dialect.openai;

import java.util.BitSet;

/**
 * Keeps which choices of a stream have begun and which have given their reason to end. What a chunk
 * says is only noted, and counts once the whole chunk has proved to be sound.
 */
final class ChoiceStates {

  private static final int MOST = 4_096;

  private final BitSet begun = new BitSet();
  private final BitSet roleless = new BitSet();
  private final BitSet finished = new BitSet();
  private final BitSet beginsNow = new BitSet();
  private final BitSet rolelessNow = new BitSet();
  private final BitSet finishesNow = new BitSet();
  private final BitSet speaksNow = new BitSet();
  private final long expected;

  /** A book for a call that asked for so many choices. */
  ChoiceStates(long expected) {
    this.expected = expected;
  }

  /** A choice's index, or -1 for one that no answer can have. */
  static int index(long given) {
    return given >= 0 && given < MOST ? (int) given : -1;
  }

  /** Forgets what an unsound chunk said. */
  void newChunk() {
    speaksNow.clear();
    beginsNow.clear();
    rolelessNow.clear();
    finishesNow.clear();
  }

  /** Notes a choice; true when it is its first chunk. */
  boolean opens(int index) {
    if (begun.get(index)) {
      return false;
    }
    beginsNow.set(index);
    return true;
  }

  /** Notes that a choice begins without saying whose words they are. */
  void missesRole(int index) {
    rolelessNow.set(index);
  }

  /** Notes that the chunk has something of a choice. */
  void speaks(int index) {
    speaksNow.set(index);
  }

  /** Whether every choice of the chunk had ended before it: what comes then breaks clients. */
  boolean late() {
    return !finished.isEmpty() && speaksNow.stream().allMatch(finished::get);
  }

  void finishes(int index) {
    finishesNow.set(index);
  }

  /** The chunk was sound. */
  void commit() {
    begun.or(beginsNow);
    roleless.or(rolelessNow);
    finished.or(finishesNow);
  }

  /** Whether the role must be added now; true once for a choice that misses it. */
  boolean greet(int index) {
    boolean missing = index >= 0 && roleless.get(index);
    if (missing) {
      roleless.clear(index);
    }
    return missing;
  }

  /** Whether every choice asked for, and every one that began, has ended. */
  boolean complete() {
    return finished.cardinality() >= expected && finished.cardinality() == begun.cardinality();
  }
}
