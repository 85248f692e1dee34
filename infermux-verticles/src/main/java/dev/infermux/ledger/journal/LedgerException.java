package dev.infermux.ledger.journal;

import java.nio.file.Path;

/** The state file cannot be used; the message is for the operator. */
public final class LedgerException extends Exception {

  private static final long serialVersionUID = 1;

  private LedgerException(String message) {
    super(message);
  }

  /** Something in the environment is in the way. */
  static LedgerException unusable(Path file, String found, String expected) {
    return new LedgerException(
        "budgets.state_file: " + file + ": " + found + " (expected: " + expected + ")");
  }

  /** The content is wrong. */
  static LedgerException damaged(Path file, String found, String expected) {
    return new LedgerException(
        unusable(file, found, expected).getMessage()
            + "; put back a copy that is whole, or move all files of this ledger away to begin at"
            + " zero; nothing was changed");
  }
}
