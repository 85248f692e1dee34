package dev.infermux.dialect;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts bytes into lines, each of which is a frame. Lines end with LF or CR LF; blank ones are
 * dropped. Bytes that have been looked at are not looked at again when more arrive.
 */
final class NdjsonSplitter implements FrameSplitter {

  private static final byte[] NOTHING = {};

  private final Consumer<Frame> sink;
  private final Frame frame = new Frame();
  private byte[] held = NOTHING;
  private int heldLength;

  NdjsonSplitter(Consumer<Frame> sink) {
    this.sink = sink;
  }

  @Override
  public boolean feed(byte[] bytes, int from, int to) {
    if (heldLength == 0) {
      hold(bytes, split(bytes, from, from, to), to);
    } else {
      int looked = heldLength;
      append(bytes, from, to);
      byte[] all = held;
      int length = heldLength;
      int rest = split(all, 0, looked, length);
      if (rest > 0) {
        hold(all, rest, length);
      }
    }
    return heldLength <= MAX_FRAME_BYTES;
  }

  @Override
  public int held() {
    return held.length;
  }

  @Override
  public void end() {
    byte[] last = held;
    int length = heldLength;
    held = NOTHING;
    heldLength = 0;
    frame(last, 0, length, length);
  }

  /** Splits and returns where the unfinished line begins. */
  private int split(byte[] bytes, int from, int looked, int to) {
    int start = from;
    for (int at = looked; at < to; at++) {
      if (bytes[at] == '\n') {
        frame(bytes, start, at, at + 1);
        start = at + 1;
      }
    }
    return start;
  }

  private void frame(byte[] bytes, int from, int lineEnd, int to) {
    int end = lineEnd > from && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
    if (isBlank(bytes, from, end)) {
      return;
    }
    frame.bytes = bytes;
    frame.from = from;
    frame.to = to;
    frame.clean = end + 1 == to && bytes[end] == '\n';
    frame.data = bytes;
    frame.dataFrom = from;
    frame.dataTo = end;
    sink.accept(frame);
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    return at == to;
  }

  /** A fresh array, always: frames that were handed out may still be views of the old one. */
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
}
