package dev.infermux.ledger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.JournalRecord.Extend;
import dev.infermux.ledger.journal.JournalRecord.HolderBegun;
import dev.infermux.ledger.journal.JournalRecord.HolderEnded;
import dev.infermux.ledger.journal.JournalRecord.Release;
import dev.infermux.ledger.journal.JournalRecord.Reserve;
import dev.infermux.ledger.journal.JournalRecord.Settle;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.ledger.report.LedgerEntry;
import dev.infermux.memory.AsciiText;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.function.Function;

/** Records as bytes: a kind, numbers of eight bytes, texts in UTF-8 behind their length. */
final class RecordCodec {

  /** No record is longer: five names of 256 characters, and numbers. */
  static final int MOST_BYTES = 6 * 1024;

  private static final int MOST_TEXT = 1024;
  private static final byte RESERVE = 1;
  private static final byte EXTEND = 2;
  private static final byte SETTLE_PART = 3;
  private static final byte SETTLE = 4;
  private static final byte RELEASE = 5;
  private static final byte HOLDER_BEGUN = 6;
  private static final byte RESERVE_IN = 7;
  private static final byte HOLDER_ENDED = 8;

  private RecordCodec() {}

  static void encode(JournalRecord record, ByteBuffer out) {
    if (record instanceof Reserve reserve) {
      boolean own = reserve.account().equals(reserve.caller());
      head(own ? RESERVE : RESERVE_IN, record, out)
          .putLong(reserve.atMillis())
          .putLong(reserve.nanos());
      text(reserve.caller(), out);
      if (!own) {
        text(reserve.account(), out);
      }
    } else if (record instanceof Settle settle) {
      encode(settle, out);
    } else if (record instanceof Extend extend) {
      head(EXTEND, record, out).putLong(extend.id()).putLong(extend.nanos());
    } else if (record instanceof Release release) {
      head(RELEASE, record, out).putLong(release.id());
    } else if (record instanceof HolderBegun begun) {
      holder(head(HOLDER_BEGUN, record, out), begun.holder());
      text(begun.place(), out);
    } else if (record instanceof HolderEnded ended) {
      holder(head(HOLDER_ENDED, record, out), ended.holder());
    }
  }

  /**
   * Reads a record whose checksum was right.
   *
   * @throws RuntimeException when another version wrote it
   */
  static JournalRecord decode(ByteBuffer in) {
    return decode(in, CostNames::read);
  }

  /**
   * The same.
   *
   * @param names reads the names of a cost
   */
  static JournalRecord decode(ByteBuffer in, Function<ByteBuffer, CostNames> names) {
    byte kind = in.get();
    long sequence = in.getLong();
    return switch (kind) {
      case RESERVE -> new Reserve(sequence, in.getLong(), in.getLong(), CostNames.text(in));
      case RESERVE_IN ->
          new Reserve(sequence, in.getLong(), in.getLong(), CostNames.text(in), CostNames.text(in));
      case HOLDER_BEGUN -> new HolderBegun(sequence, holder(in), CostNames.text(in));
      case HOLDER_ENDED -> new HolderEnded(sequence, holder(in));
      case EXTEND -> new Extend(sequence, in.getLong(), in.getLong());
      case SETTLE_PART -> settle(sequence, false, in, names);
      case SETTLE -> settle(sequence, true, in, names);
      case RELEASE -> new Release(sequence, in.getLong());
      default -> throw new IllegalArgumentException("record of kind " + kind);
    };
  }

  private static void encode(Settle settle, ByteBuffer out) {
    LedgerEntry ledgerEntry = settle.entry();
    CostEntry entry = ledgerEntry.entry();
    head(ledgerEntry.last() ? SETTLE : SETTLE_PART, settle, out)
        .putLong(settle.id())
        .putLong(ledgerEntry.atMillis())
        .putLong(entry.cost().nanos())
        .putLong(entry.promptTokens())
        .putLong(entry.completionTokens());
    text(ledgerEntry.caller(), out);
    text(entry.project(), out);
    text(entry.group(), out);
    text(entry.provider(), out);
    text(entry.model(), out);
  }

  private static Settle settle(
      long sequence, boolean last, ByteBuffer in, Function<ByteBuffer, CostNames> read) {
    long id = in.getLong();
    long atMillis = in.getLong();
    Usd cost = new Usd(in.getLong());
    long promptTokens = in.getLong();
    long completionTokens = in.getLong();
    CostNames names = read.apply(in);
    CostEntry entry =
        new CostEntry(
            names.project(),
            names.group(),
            names.provider(),
            names.model(),
            cost,
            promptTokens,
            completionTokens);
    return new Settle(sequence, id, new LedgerEntry(atMillis, names.caller(), last, entry));
  }

  private static ByteBuffer head(byte kind, JournalRecord record, ByteBuffer out) {
    return out.put(kind).putLong(record.sequence());
  }

  private static void holder(ByteBuffer out, UUID holder) {
    out.putLong(holder.getMostSignificantBits()).putLong(holder.getLeastSignificantBits());
  }

  private static UUID holder(ByteBuffer in) {
    return new UUID(in.getLong(), in.getLong());
  }

  private static void text(String text, ByteBuffer out) {
    if (text.length() <= MOST_TEXT && AsciiText.put(text, out)) {
      return;
    }
    byte[] bytes = text.getBytes(UTF_8);
    int length = Math.min(MOST_TEXT, bytes.length);
    out.putShort((short) length).put(bytes, 0, length);
  }
}
