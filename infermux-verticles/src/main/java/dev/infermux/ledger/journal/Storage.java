package dev.infermux.ledger.journal;

import dev.infermux.network.CauseText;
import dev.infermux.time.Time;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the files in step with the state. Whoever appends a record keeps it among the latest ones;
 * the writer's thread writes journals; a second one, which may wait for the disk, brings them there
 * once a second and saves snapshots.
 *
 * <p>When the disk does not take a journal, it is <em>behind</em>: records are in the state alone,
 * and every second it tries to save all of that and to begin a new journal.
 */
final class Storage {

  /** A power failure loses what was written since the last time. */
  static final Duration FORCE_EVERY = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
  private static final long RETRY_NANOS = FORCE_EVERY.toNanos();
  private static final int BUFFER_BYTES = 256 * 1024;

  private final LedgerFiles files;
  private final Time time;
  private final StorageOptions options;
  private final long ledger;
  private final EntryOutbox outbox;

  /** On the heap, like all that records are encoded into: one kind of buffer is read the faster. */
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  private final ScheduledExecutorService disk =
      Executors.newSingleThreadScheduledExecutor(Storage::diskThread);
  private volatile @Nullable MappedTail recent;
  private volatile @Nullable JournalFile journal;
  private volatile boolean behind;
  private volatile boolean saving;
  private volatile boolean wantsSnapshot;
  private long nextNumber;
  private long savedNanos;
  private long triedNanos;

  Storage(
      LedgerFiles files,
      Time time,
      StorageOptions options,
      LedgerSnapshot recovered,
      EntryOutbox outbox) {
    this.files = files;
    this.outbox = outbox;
    this.time = time;
    this.options = options;
    this.savedNanos = time.nanos();
    this.ledger = recovered.ledger();
    this.nextNumber = recovered.journal();
  }

  /** Saves what was recovered and begins a journal; a full disk only puts the storage behind. */
  void begin(LedgerState state) throws IOException {
    try {
      saveWhole(state);
    } catch (IOException e) {
      if (!files.full(e)) {
        throw e;
      }
      fallBehind(e);
    }
    long period = FORCE_EVERY.toMillis();
    disk.scheduleWithFixedDelay(this::force, period, period, TimeUnit.MILLISECONDS);
  }

  /**
   * Keeps a record among the latest ones, if they have room. The appending thread's.
   *
   * @param written the sequence up to which everything is in the journal, or given up for now
   */
  void keep(JournalRecord record, long written) {
    MappedTail latest = recent;
    if (latest != null) {
      latest.put(record, written);
    }
  }

  /** Whether a record is safe from the end of the process before the journal has it. */
  boolean kept(long sequence) {
    MappedTail latest = recent;
    return latest != null && latest.keeps(sequence);
  }

  boolean keepsRecent() {
    return recent != null;
  }

  /** Takes a record for the next {@link #write}. */
  void add(JournalRecord record) {
    if (buffer.remaining() < RecordFraming.MOST_BYTES) {
      write();
    }
    buffer.put(outbox.frames().frame(record));
  }

  /** Hands everything taken so far to the operating system. */
  void write() {
    JournalFile file = journal;
    outbox.write();
    buffer.flip();
    try {
      if (!behind && file != null && buffer.hasRemaining()) {
        file.append(buffer);
      }
    } catch (IOException e) {
      fallBehind(e);
    }
    buffer.clear();
  }

  /** What is due: catching up, or a snapshot when the journal has become long or old. */
  void maintain(LedgerState state) {
    JournalFile file = journal;
    if (behind || file == null) {
      catchUp(state);
    } else if (!saving && (wantsSnapshot || due(file))) {
      rotate(state, file);
    }
  }

  boolean behind() {
    return behind;
  }

  /** When {@link #maintain} is due although nothing was added. */
  long restNanos() {
    return behind ? RETRY_NANOS : options.snapshotEvery().toNanos();
  }

  /** Saves everything; the journals have no more to add then. */
  void end(LedgerState state) throws InterruptedException {
    disk.shutdown();
    disk.awaitTermination(1, TimeUnit.MINUTES);
    try {
      closeJournal();
      outbox.close();
      files.save(snapshot(state, nextNumber));
      files.deleteJournalsBelow(nextNumber);
      forgetRecent();
    } catch (IOException e) {
      LOG.error("{}: {}: the last snapshot", files.snapshot(), CauseText.of(e));
    }
    try {
      files.close();
    } catch (IOException e) {
      LOG.warn("{}: {}: the lock", files.snapshot(), CauseText.of(e));
    }
  }

  private boolean due(JournalFile file) {
    long age = time.nanos() - savedNanos;
    boolean old = file.size() > JournalFile.HEAD_BYTES && age >= options.snapshotEvery().toNanos();
    return old || file.size() >= options.journalBytes();
  }

  /** The writer goes on in the next journal while the disk's thread saves what came before it. */
  private void rotate(LedgerState state, JournalFile old) {
    try {
      long number = nextNumber;
      byte[] snapshot = snapshot(state, number);
      journal = JournalFile.create(files.journal(number), ledger, number);
      nextNumber = number + 1;
      saving = true;
      wantsSnapshot = false;
      savedNanos = time.nanos();
      disk.execute(() -> replace(old, snapshot, number));
    } catch (IOException e) {
      fallBehind(e);
    }
  }

  private void replace(JournalFile old, byte[] snapshot, long number) {
    try (old) {
      old.force();
      outbox.force();
      files.save(snapshot);
      files.deleteJournalsBelow(number);
    } catch (IOException e) {
      LOG.error(
          "{}: {}: not saved; the journals beside it still have everything",
          files.snapshot(),
          CauseText.of(e));
    } finally {
      saving = false;
    }
  }

  private void catchUp(LedgerState state) {
    if (saving || time.nanos() - triedNanos < RETRY_NANOS) {
      return;
    }
    triedNanos = time.nanos();
    try {
      closeJournal();
      saveWhole(state);
      behind = false;
      LOG.warn("{}: written again, and all that was missing with it", files.snapshot());
    } catch (IOException e) {
      LOG.debug("{}: still {}", files.snapshot(), CauseText.of(e));
    }
  }

  /** A new journal and a snapshot up to it, or neither. */
  private void saveWhole(LedgerState state) throws IOException {
    JournalFile fresh = JournalFile.create(files.journal(nextNumber), ledger, nextNumber);
    try {
      outbox.force();
      files.save(snapshot(state, nextNumber));
      files.deleteJournalsBelow(nextNumber);
    } catch (IOException e) {
      fresh.close();
      Files.deleteIfExists(files.journal(nextNumber));
      throw e;
    }
    journal = fresh;
    nextNumber++;
    savedNanos = time.nanos();
    if (recent == null && options.recentBytes() > 0) {
      beginRecent();
    }
  }

  private void beginRecent() {
    try {
      recent = MappedTail.create(files.recent(), ledger, options.recentBytes());
    } catch (IOException e) {
      LOG.warn(
          "{}: {}: each record waits for the journal, which costs some CPU time",
          files.recent(),
          CauseText.of(e));
    }
  }

  private void forgetRecent() {
    MappedTail latest = recent;
    recent = null;
    if (latest != null) {
      latest.close();
    }
  }

  private byte[] snapshot(LedgerState state, long number) throws IOException {
    return new LedgerSnapshot(ledger, number, state).bytes(time.clock().instant());
  }

  private void closeJournal() throws IOException {
    JournalFile file = journal;
    journal = null;
    if (file != null) {
      file.close();
    }
  }

  private void force() {
    JournalFile file = journal;
    try {
      if (file != null) {
        file.force();
      }
    } catch (IOException e) {
      // What the failed call should have saved may be gone from the page cache; the state has it.
      LOG.error("{}: {}: not on the disk", files.snapshot(), CauseText.of(e));
      wantsSnapshot = true;
    }
  }

  private void fallBehind(IOException failure) {
    if (!behind) {
      LOG.error(
          "{}: {}: SPEND IS COUNTED IN MEMORY ALONE and would be lost with the process; calls go"
              + " on, and it is written as soon as the disk takes it",
          files.snapshot(),
          CauseText.of(failure));
    }
    behind = true;
    triedNanos = time.nanos();
  }

  private static Thread diskThread(Runnable work) {
    Thread thread = new Thread(work, "infermux-ledger-disk");
    thread.setDaemon(true);
    return thread;
  }
}
