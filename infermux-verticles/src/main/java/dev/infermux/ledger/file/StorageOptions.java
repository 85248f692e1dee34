package dev.infermux.ledger.file;

import java.time.Duration;

/**
 * When a snapshot replaces the journal.
 *
 * @param journalBytes as soon as the journal is so long
 * @param snapshotEvery at least so often, while anything is spent
 */
public record StorageOptions(long journalBytes, Duration snapshotEvery) {

  /** About 200,000 calls, which are read back in well under a second. */
  public static final StorageOptions DEFAULTS =
      new StorageOptions(32L * 1024 * 1024, Duration.ofMinutes(5));
}
