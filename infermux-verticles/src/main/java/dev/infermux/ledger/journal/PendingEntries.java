package dev.infermux.ledger.journal;

import java.io.IOException;
import java.util.List;

/** The costs that the shared store has still to be told, oldest first. One reader at a time. */
public interface PendingEntries {

  /**
   * The next ones; the same ones again until {@link #told}. Blocks.
   *
   * @param most how many at most
   */
  List<SharedEntry> next(int most) throws IOException;

  /** The store has what {@link #next} gave last. Blocks. */
  void told() throws IOException;

  /** How many there are. Any thread's. */
  long backlog();
}
