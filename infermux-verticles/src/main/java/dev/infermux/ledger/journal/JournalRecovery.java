package dev.infermux.ledger.journal;

import dev.infermux.ledger.journal.JournalReplay.Replayed;
import dev.infermux.ledger.report.ReportLimits;
import dev.infermux.ledger.report.Reports;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Map;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the files of a ledger: the snapshot, the journals that follow it, the latest records. */
final class JournalRecovery {

  private static final Logger LOG = LoggerFactory.getLogger(JournalRecovery.class);
  private static final long FIRST_JOURNAL = 1;

  private final LedgerFiles files;
  private final ReportLimits limits;
  private final LedgerState.EntrySink entries;

  JournalRecovery(LedgerFiles files, ReportLimits limits, LedgerState.EntrySink entries) {
    this.files = files;
    this.limits = limits;
    this.entries = entries;
  }

  /** The state that was left behind; its journal is the next to be written. */
  LedgerSnapshot run() throws IOException, LedgerException {
    LedgerSnapshot snapshot = snapshot();
    SortedMap<Long, Path> journals = files.journals().tailMap(snapshot.journal());
    checkComplete(snapshot, journals);
    long ledger = snapshot.ledger();
    long next = snapshot.journal();
    LedgerState state = snapshot.state();
    state.entriesTo(entries);
    Replayed end = new Replayed(0, 0, ledger);
    for (Map.Entry<Long, Path> journal : journals.entrySet()) {
      boolean last = journal.getKey().equals(journals.lastKey());
      end = new JournalReplay(journal.getValue()).run(ledger, journal.getKey(), last, state::apply);
      ledger = end.ledger();
      next = end.whole() == 0 ? journal.getKey() : journal.getKey() + 1;
    }
    new MappedTailReplay(files.recent()).run(ledger, state.lastSequence(), state::apply);
    if (end.torn() > 0) {
      cutOff(files.journal(journals.lastKey()), end);
    }
    return new LedgerSnapshot(ledger == 0 ? newName() : ledger, next, state);
  }

  private LedgerSnapshot snapshot() throws IOException, LedgerException {
    Path file = files.snapshot();
    if (!Files.exists(file)) {
      return new LedgerSnapshot(0, FIRST_JOURNAL, new LedgerState(new Reports(limits)));
    }
    try {
      return LedgerSnapshot.read(Files.readAllBytes(file), limits);
    } catch (IllegalArgumentException e) {
      throw LedgerException.damaged(
          file,
          String.valueOf(e.getMessage()),
          "a state file of InferMux, version " + LedgerSnapshot.VERSION);
    }
  }

  private void checkComplete(LedgerSnapshot snapshot, SortedMap<Long, Path> journals)
      throws LedgerException {
    boolean saved = Files.exists(files.snapshot());
    if (!journals.isEmpty() && !saved && journals.firstKey() != FIRST_JOURNAL) {
      throw LedgerException.damaged(
          files.snapshot(),
          "missing beside " + files.journal(journals.firstKey()).getFileName(),
          "the state file that the journal continues");
    }
    long expected = snapshot.journal();
    for (long number : journals.keySet()) {
      if (number != expected++) {
        throw LedgerException.damaged(
            files.journal(expected - 1),
            "missing before " + files.journal(number).getFileName(),
            "all journals from " + snapshot.journal() + " on");
      }
    }
  }

  /** A torn end is the record that was being written when the process died. */
  private static void cutOff(Path path, Replayed replayed) throws IOException {
    LOG.warn(
        "{}: the last {} bytes are a record that was not written to its end; dropped",
        path,
        replayed.torn());
    if (replayed.whole() == 0) {
      Files.delete(path);
      return;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(replayed.whole());
    }
  }

  private static long newName() {
    return new SecureRandom().nextLong() | 1;
  }
}
