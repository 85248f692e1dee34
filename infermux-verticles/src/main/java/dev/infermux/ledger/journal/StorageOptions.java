package dev.infermux.ledger.journal;

import java.time.Duration;

/**
 * How records are kept, and when a snapshot replaces the journal.
 *
 * @param journalBytes as soon as the journal is so long
 * @param snapshotEvery at least so often, while anything is spent
 * @param recentBytes room for the latest records, on the disk and in memory; 0 = each waits for the
 *     journal
 */
public record StorageOptions(long journalBytes, Duration snapshotEvery, int recentBytes) {

  private static final int LEAST_RECENT = 32 * 1024;

  private static final StorageOptions DEFAULTS =
      new StorageOptions(32L * 1024 * 1024, Duration.ofMinutes(5), 1024 * 1024);

  public StorageOptions {
    if (recentBytes != 0 && recentBytes < LEAST_RECENT) {
      throw new IllegalArgumentException(
          "recentBytes: " + recentBytes + " (expected: 0, or " + LEAST_RECENT + " and more)");
    }
  }

  /**
   * Journals of about 200,000 calls, which are read back in well under a second; recent records of
   * about 4,000 calls, of which the journal is some 10 milliseconds behind.
   */
  public static StorageOptions defaults() {
    return DEFAULTS;
  }

  public StorageOptions withJournalBytes(long journalBytes) {
    return new StorageOptions(journalBytes, snapshotEvery, recentBytes);
  }

  public StorageOptions withSnapshotEvery(Duration snapshotEvery) {
    return new StorageOptions(journalBytes, snapshotEvery, recentBytes);
  }

  public StorageOptions withRecentBytes(int recentBytes) {
    return new StorageOptions(journalBytes, snapshotEvery, recentBytes);
  }
}
