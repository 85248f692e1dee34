package dev.infermux.dialect.openai;

import dev.infermux.dialect.Completeness;
import java.util.BitSet;

/**
 * Keeps which choices of a stream have begun and which have given their reason to end. What a chunk
 * says is only noted, and counts once the whole chunk has proved to be sound.
 */
final class ChoiceStates {

  private static final int MOST = 4_096;

  private final Completeness completeness;
  private final BitSet roleless = new BitSet();
  private final BitSet beginsNow = new BitSet();
  private final BitSet rolelessNow = new BitSet();
  private final BitSet finishesNow = new BitSet();
  private final BitSet speaksNow = new BitSet();

  /** The states of an answer whose choices count there. */
  ChoiceStates(Completeness completeness) {
    this.completeness = completeness;
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
    if (completeness.hasBegun(index)) {
      return false;
    }
    beginsNow.set(index);
    return true;
  }

  /** Whether a choice begins with the chunk that was read last. */
  boolean beginsNow(int index) {
    return beginsNow.get(index);
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
    int choice = speaksNow.nextSetBit(0);
    boolean late = choice >= 0;
    while (late && choice >= 0) {
      late = completeness.hasEnded(choice);
      choice = speaksNow.nextSetBit(choice + 1);
    }
    return late;
  }

  void finishes(int index) {
    finishesNow.set(index);
  }

  /** Whether a choice ends with the chunk that was read last. */
  boolean finishesNow(int index) {
    return finishesNow.get(index);
  }

  /** The chunk was sound. */
  void commit() {
    roleless.or(rolelessNow);
    for (int i = beginsNow.nextSetBit(0); i >= 0; i = beginsNow.nextSetBit(i + 1)) {
      completeness.begins(i);
    }
    for (int i = finishesNow.nextSetBit(0); i >= 0; i = finishesNow.nextSetBit(i + 1)) {
      completeness.ends(i, "stop");
    }
  }

  /** Whether the role must be added now; true once for a choice that misses it. */
  boolean greet(int index) {
    boolean missing = index >= 0 && roleless.get(index);
    if (missing) {
      roleless.clear(index);
    }
    return missing;
  }
}
