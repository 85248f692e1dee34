package dev.infermux.ledger.journal;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.report.Dimension;
import dev.infermux.ledger.report.ReportLimits;
import dev.infermux.ledger.report.Reports;
import dev.infermux.network.CauseText;
import dev.infermux.policy.budget.UtcMonths;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps records in files.
 *
 * <p>A record is safe from the end of the process, {@code kill -9} included, as soon as the
 * operating system has it, which is what {@link #durable} says and nearly always the case when
 * {@link #append} returns. It is safe from a power failure once it is on the disk, a second later
 * at most.
 */
public final class FileJournal implements Journal {

  private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);
  private static final int MOST_LISTED = 20;

  private final LedgerFiles files;
  private final JournalWriter writer;
  private final Storage storage;
  private final RecoveredState previous;
  private final EntryReader entries;

  private FileJournal(
      LedgerFiles files,
      JournalWriter writer,
      Storage storage,
      RecoveredState previous,
      EntryReader entries) {
    this.files = files;
    this.writer = writer;
    this.storage = storage;
    this.previous = previous;
    this.entries = entries;
  }

  /**
   * Reads what there is and begins to write. Blocks.
   *
   * @throws LedgerException when the files cannot be used; they are as they were then
   */
  public static FileJournal open(
      Path stateFile, ReportLimits limits, Time time, StorageOptions options)
      throws LedgerException {
    LedgerFiles files = LedgerFiles.lock(stateFile);
    try {
      EntryOutbox outbox = new EntryOutbox(files);
      EntryReader entries = new EntryReader(files, outbox);
      LedgerSnapshot recovered = new JournalRecovery(files, limits, outbox).run();
      LedgerState state = recovered.state();
      YearMonth month = new UtcMonths().of(time.clock().millis());
      Map<String, Usd> settled = settled(state.reports(), month);
      List<RecoveredReservation> unsettled = state.presumeSpent();
      List<RecoveredHolder> holders = state.holders().all();
      RecoveredState previous =
          new RecoveredState(state.lastSequence(), settled, unsettled, holders);
      list(previous.unsettled(), stateFile);
      outbox.write();
      outbox.close();
      Storage storage = new Storage(files, time, options, recovered, outbox);
      storage.begin(state);
      JournalWriter writer = new JournalWriter(state, storage);
      writer.start();
      return new FileJournal(files, writer, storage, previous, entries);
    } catch (IOException e) {
      close(files);
      throw LedgerException.unusable(
          stateFile, CauseText.of(e), "files that InferMux may read and write");
    } catch (LedgerException e) {
      close(files);
      throw e;
    }
  }

  public RecoveredState recovered() {
    return previous;
  }

  /**
   * What tells this place from others that the files may be copied to. Blocks.
   *
   * @throws LedgerException when it cannot be told
   */
  public String place() throws LedgerException {
    try {
      return files.place();
    } catch (IOException e) {
      throw LedgerException.unusable(
          files.snapshot(), CauseText.of(e), "a directory that InferMux may write to");
    }
  }

  /** The costs of holders of leases that the shared store has still to be told. */
  public PendingEntries entries() {
    return entries;
  }

  @Override
  public void append(JournalRecord record) {
    writer.append(record);
  }

  @Override
  public Future<Void> durable(long sequence) {
    return writer.durable(sequence);
  }

  @Override
  public Future<Void> flush() {
    return writer.flush();
  }

  @Override
  public <T> Future<T> read(Function<Reports, T> reader) {
    return writer.read(reader);
  }

  @Override
  public void limits(ReportLimits limits) {
    writer.change(reports -> reports.limits(limits));
  }

  @Override
  public boolean behind() {
    return storage.behind() || writer.ended();
  }

  /** Writes what was appended, saves a last snapshot and gives the files free. */
  @Override
  public Future<Void> close() {
    return writer.close().onSuccess(closed -> entries.end());
  }

  private static Map<String, Usd> settled(Reports reports, YearMonth month) {
    Map<String, Usd> settled = new HashMap<>();
    reports.by(Dimension.CALLER, month).forEach((name, totals) -> settled.put(name, totals.usd()));
    return settled;
  }

  private static void list(List<RecoveredReservation> unsettled, Path stateFile) {
    if (unsettled.isEmpty()) {
      return;
    }
    Usd sum = unsettled.stream().map(RecoveredReservation::amount).reduce(Usd.ZERO, Usd::plus);
    LOG.warn(
        "{}: {} calls were reserved and never settled: their {} count as spent",
        stateFile,
        unsettled.size(),
        sum);
    for (RecoveredReservation lost :
        unsettled.subList(0, Math.min(MOST_LISTED, unsettled.size()))) {
      LOG.warn(
          "{}: call {} of {} at {}: {}",
          stateFile,
          lost.id(),
          lost.caller(),
          Instant.ofEpochMilli(lost.atMillis()),
          lost.amount());
    }
    if (unsettled.size() > MOST_LISTED) {
      LOG.warn("{}: and {} more", stateFile, unsettled.size() - MOST_LISTED);
    }
  }

  private static void close(LedgerFiles files) {
    try {
      files.close();
    } catch (IOException e) {
      LOG.debug("The lock", e);
    }
  }
}
