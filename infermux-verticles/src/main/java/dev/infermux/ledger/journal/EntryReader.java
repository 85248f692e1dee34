package dev.infermux.ledger.journal;

import dev.infermux.ledger.journal.JournalRecord.HolderBegun;
import dev.infermux.ledger.journal.JournalRecord.Settle;
import dev.infermux.network.CauseText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the costs of an {@link EntryOutbox} while it is being written, and deletes told files. */
final class EntryReader implements PendingEntries {

  private static final Logger LOG = LoggerFactory.getLogger(EntryReader.class);
  private static final int CHUNK = 256 * 1024;

  private final LedgerFiles files;
  private final EntryOutbox outbox;
  private final RecordFraming frames = new RecordFraming();
  private final RecentNames names = new RecentNames();
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
  private final AtomicLong told = new AtomicLong();
  private Place from;
  private Place to;
  private int read;

  EntryReader(LedgerFiles files, EntryOutbox outbox) throws IOException {
    this.files = files;
    this.outbox = outbox;
    var before = files.entries();
    from = new Place(before.isEmpty() ? outbox.segment() + 1 : before.firstKey(), 0, null);
    to = from;
  }

  @Override
  public List<SharedEntry> next(int most) throws IOException {
    List<SharedEntry> entries = new ArrayList<>();
    to = from;
    boolean more = to.segment <= outbox.segment();
    while (more) {
      // Asked before the file is read: only then is what was read all that it will ever hold.
      boolean whole = to.segment < outbox.segment();
      boolean grown = read(most, entries);
      if (!grown && whole) {
        to = new Place(to.segment + 1, 0, null);
      }
      more = entries.size() < most && (grown || whole) && to.segment <= outbox.segment();
    }
    read = entries.size();
    return entries;
  }

  @Override
  public void told() throws IOException {
    for (long number = from.segment; number < to.segment; number++) {
      outbox.delete(number);
    }
    from = to;
    told.addAndGet(read);
    read = 0;
  }

  /** Nobody writes any more: what is told is forgotten. */
  void end() {
    try {
      for (long number = from.segment; backlog() == 0 && number <= outbox.segment(); number++) {
        outbox.delete(number);
      }
    } catch (IOException e) {
      LOG.debug("{}: {}", files.snapshot(), CauseText.of(e));
    }
  }

  @Override
  public long backlog() {
    return Math.max(0, outbox.written() - told.get());
  }

  /** Takes whole frames from where it is; false when there is none. */
  private boolean read(int most, List<SharedEntry> entries) throws IOException {
    chunk.clear();
    try (FileChannel in = FileChannel.open(files.entries(to.segment), StandardOpenOption.READ)) {
      in.read(chunk, to.offset);
    } catch (NoSuchFileException e) {
      return false;
    }
    chunk.flip();
    int before = entries.size();
    UUID holder = to.holder;
    int end = 0;
    ByteBuffer frame = frames.next(chunk);
    while (frame != null && entries.size() < most) {
      JournalRecord record = RecordCodec.decode(frame, names::read);
      if (record instanceof HolderBegun begun) {
        holder = begun.holder();
      } else if (record instanceof Settle settle && holder != null) {
        entries.add(new SharedEntry(holder, settle.sequence(), settle.entry()));
      }
      end = chunk.position();
      frame = entries.size() < most ? frames.next(chunk) : null;
    }
    to = new Place(to.segment, to.offset + end, holder);
    return end > 0 || entries.size() > before;
  }

  /** The numbers of all costs in a file that nobody writes. */
  static void scan(Path path, LongConsumer sequences) throws IOException {
    RecordFraming frames = new RecordFraming();
    try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer bytes = in.map(FileChannel.MapMode.READ_ONLY, 0, in.size());
      ByteBuffer frame = frames.next(bytes);
      while (frame != null) {
        if (RecordCodec.decode(frame) instanceof Settle settle) {
          sequences.accept(settle.sequence());
        }
        frame = frames.next(bytes);
      }
    }
  }

  /** Where the next frame begins, and whose costs they are there. */
  private record Place(long segment, long offset, @Nullable UUID holder) {}
}
