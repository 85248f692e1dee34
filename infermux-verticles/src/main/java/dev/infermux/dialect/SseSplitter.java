package dev.infermux.dialect;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts bytes into server-sent events, however the network tore them.
 *
 * <p>Lines end with LF, CR LF or CR; a blank one ends an event. Comments, unknown fields, a leading
 * byte order mark and events without data are dropped. Work is linear: bytes that have been looked
 * at are not looked at again when more arrive. Source: the HTML standard, "Server-sent events".
 */
final class SseSplitter implements FrameSplitter {

  private static final byte[] NOTHING = {};
  private static final byte[] DATA = {'d', 'a', 't', 'a'};
  private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};
  private static final byte[] ERROR = {'e', 'r', 'r', 'o', 'r'};
  private static final byte[] QUOTED_ERROR = {'"', 'e', 'r', 'r', 'o', 'r', '"'};

  private final Consumer<Frame> sink;
  private final boolean named;
  private final Frame frame = new Frame();

  /** The unfinished event; positions below count from its first byte. */
  private byte[] held = NOTHING;

  private int heldLength;
  private int looked;
  private int line;

  private int lines;
  private int dataLines;
  private int dataFrom;
  private int dataTo;
  private byte[] joined = NOTHING;
  private int joinedLength;
  private boolean spaced;
  private boolean error;
  private int nameFrom;
  private int nameTo;
  private boolean nameFirst;

  private boolean afterCr;
  private boolean sawCr;
  private boolean begun;

  SseSplitter(Consumer<Frame> sink) {
    this(sink, false);
  }

  /**
   * @param named whether the names of events count, so that they pass with their data
   */
  SseSplitter(Consumer<Frame> sink, boolean named) {
    this.sink = sink;
    this.named = named;
  }

  @Override
  public boolean feed(byte[] bytes, int from, int to) {
    if (heldLength == 0) {
      hold(bytes, split(bytes, from, to), to);
    } else {
      append(bytes, from, to);
      byte[] all = held;
      int length = heldLength;
      int rest = split(all, 0, length);
      if (rest > 0) {
        hold(all, rest, length);
      }
    }
    return heldLength <= MAX_FRAME_BYTES;
  }

  @Override
  public int held() {
    return held.length + joined.length;
  }

  @Override
  public void end() {
    byte[] last = held;
    if (line < heldLength) {
      line(last, line, heldLength, 0);
    }
    sawCr = true;
    dispatch(last, 0, heldLength);
    held = NOTHING;
    heldLength = 0;
  }

  /** Splits and returns where the unfinished event begins. */
  private int split(byte[] bytes, int from, int to) {
    int base = from;
    int at = from + looked;
    int start = from + line;
    while (at < to) {
      byte b = bytes[at];
      if (b != '\n' && b != '\r') {
        afterCr = false;
        at++;
        continue;
      }
      boolean secondHalf = b == '\n' && afterCr;
      afterCr = b == '\r';
      at++;
      if (secondHalf) {
        base = start == base ? at : base;
      } else {
        sawCr |= b == '\r';
        if (at - 1 > start) {
          line(bytes, start, at - 1, base);
        } else {
          dispatch(bytes, base, at);
          base = at;
        }
      }
      start = at;
    }
    looked = at - base;
    line = start - base;
    return base;
  }

  private void line(byte[] bytes, int from, int to, int base) {
    int start = from;
    if (!begun) {
      begun = true;
      if (to - from >= 3
          && bytes[from] == (byte) 0xEF
          && bytes[from + 1] == (byte) 0xBB
          && bytes[from + 2] == (byte) 0xBF) {
        start += 3;
        sawCr = true;
      }
    }
    lines++;
    int colon = start;
    while (colon < to && bytes[colon] != ':') {
      colon++;
    }
    int value = Math.min(to, colon + 1);
    boolean space = value < to && bytes[value] == ' ';
    value += space ? 1 : 0;
    if (named(bytes, start, colon, DATA)) {
      data(bytes, value, to, base);
      spaced = space;
    } else if (named(bytes, start, colon, ERROR) || unframedError(bytes, start, to)) {
      // llama.cpp has a field of its own for errors; others send one without any field.
      data(bytes, bytes[start] == '{' ? start : value, to, base);
      error = true;
    } else if (named(bytes, start, colon, EVENT)) {
      error = named(bytes, value, to, ERROR);
      nameFrom = value - base;
      nameTo = to - base;
      nameFirst = lines == 1 && space;
    }
  }

  private static boolean unframedError(byte[] bytes, int from, int to) {
    if (bytes[from] != '{') {
      return false;
    }
    int name = from + 1;
    while (name < to && bytes[name] == ' ') {
      name++;
    }
    int end = name + QUOTED_ERROR.length;
    return end <= to && named(bytes, name, end, QUOTED_ERROR);
  }

  private void data(byte[] bytes, int from, int to, int base) {
    if (++dataLines == 1) {
      dataFrom = from - base;
      dataTo = to - base;
      return;
    }
    if (dataLines == 2) {
      join(bytes, base + dataFrom, base + dataTo);
    }
    join(new byte[] {'\n'}, 0, 1);
    join(bytes, from, to);
  }

  private void dispatch(byte[] bytes, int from, int to) {
    if (dataLines > 0 || error) {
      boolean one = dataLines <= 1;
      frame.bytes = bytes;
      frame.from = from;
      frame.to = to;
      boolean alone = lines == 1 || (named && lines == 2 && nameFirst);
      frame.clean = one && alone && spaced && !sawCr && !error;
      frame.nameFrom = named ? from + nameFrom : 0;
      frame.nameTo = named ? from + nameTo : 0;
      frame.data = one ? bytes : joined;
      frame.dataFrom = one ? from + dataFrom : 0;
      frame.dataTo = one ? from + dataTo : joinedLength;
      frame.error = error;
      if (frame.dataTo > frame.dataFrom || error) {
        sink.accept(frame);
      }
    }
    lines = 0;
    dataLines = 0;
    dataFrom = 0;
    dataTo = 0;
    joined = NOTHING;
    joinedLength = 0;
    error = false;
    nameFrom = 0;
    nameTo = 0;
    nameFirst = false;
    sawCr = false;
  }

  private void join(byte[] bytes, int from, int to) {
    int needed = joinedLength + to - from;
    if (needed > joined.length) {
      joined = Arrays.copyOf(joined, Math.max(needed, joined.length * 2));
    }
    System.arraycopy(bytes, from, joined, joinedLength, to - from);
    joinedLength = needed;
  }

  /** A fresh array, always: events that were handed out may still be views of the old one. */
  private void hold(byte[] bytes, int from, int to) {
    heldLength = to - from;
    held = heldLength == 0 ? NOTHING : Arrays.copyOfRange(bytes, from, to);
  }

  private void append(byte[] bytes, int from, int to) {
    int needed = heldLength + to - from;
    if (needed > held.length) {
      held = Arrays.copyOf(held, Math.max(needed, held.length * 2));
    }
    System.arraycopy(bytes, from, held, heldLength, to - from);
    heldLength = needed;
  }

  private static boolean named(byte[] bytes, int from, int to, byte[] name) {
    return Arrays.equals(bytes, from, to, name, 0, name.length);
  }
}
