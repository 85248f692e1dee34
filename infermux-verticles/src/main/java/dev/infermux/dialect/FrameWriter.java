package dev.infermux.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.vertx.Buffers;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what one chunk of the provider's becomes for the caller. As long as the kept frames
 * stand next to each other the result is a view of the provider's own bytes; a copy is made only
 * once something between them is left out or written anew.
 */
public final class FrameWriter {

  private static final byte[] NOTHING = {};
  private static final byte[] EVENT = "event: ".getBytes(US_ASCII);
  private static final byte[] LINE = {'\n'};

  private final byte[] before;
  private final byte[] after;
  private byte[] run = NOTHING;
  private int from;
  private int to;
  private byte[] written = NOTHING;
  private int length;

  FrameWriter(byte[] before, byte[] after) {
    this.before = before;
    this.after = after;
  }

  /** Passes a frame on; one that is in the profile all clients take keeps its bytes. */
  public void keep(Frame frame) {
    if (frame.clean) {
      append(frame.bytes, frame.from, frame.to);
    } else {
      if (frame.nameTo > frame.nameFrom) {
        copyRun();
        name(frame.bytes, frame.nameFrom, frame.nameTo);
      }
      write(frame.data, frame.dataFrom, frame.dataTo);
    }
  }

  /**
   * Writes a server-sent event with this name and data.
   *
   * @param name in ASCII
   */
  public void write(String name, byte[] data) {
    copyRun();
    byte[] event = name.getBytes(US_ASCII);
    name(event, 0, event.length);
    write(data);
  }

  private void name(byte[] bytes, int start, int end) {
    copy(EVENT, 0, EVENT.length);
    copy(bytes, start, end);
    copy(LINE, 0, LINE.length);
  }

  /** Bytes that wait to be taken. */
  public int size() {
    return length + to - from;
  }

  /** Writes a frame with this data. */
  public void write(byte[] data) {
    write(data, 0, data.length);
  }

  private void write(byte[] data, int dataFrom, int dataTo) {
    copyRun();
    copy(before, 0, before.length);
    int at = length;
    copy(data, dataFrom, dataTo);
    for (; at < length; at++) {
      // Between two data lines; inside JSON it can only be white space.
      if (written[at] == '\n') {
        written[at] = ' ';
      }
    }
    copy(after, 0, after.length);
  }

  private void append(byte[] bytes, int start, int end) {
    if (run == bytes && to == start) {
      to = end;
      return;
    }
    if (run != NOTHING || length > 0) {
      copyRun();
      copy(bytes, start, end);
    } else {
      run = bytes;
      from = start;
      to = end;
    }
  }

  /** What came together since the last time, or null when it is nothing. */
  public @Nullable Buffer take() {
    Buffer taken = null;
    if (length > 0) {
      copyRun();
      taken = view(written, 0, length);
    } else if (to > from) {
      taken = view(run, from, to);
    }
    run = NOTHING;
    from = 0;
    to = 0;
    written = NOTHING;
    length = 0;
    return taken;
  }

  private void copyRun() {
    if (run != NOTHING) {
      byte[] kept = run;
      run = NOTHING;
      copy(kept, from, to);
      from = 0;
      to = 0;
    }
  }

  private void copy(byte[] bytes, int start, int end) {
    int needed = length + end - start;
    if (needed > written.length) {
      written = Arrays.copyOf(written, Math.max(needed, Math.max(512, written.length * 2)));
    }
    System.arraycopy(bytes, start, written, length, end - start);
    length = needed;
  }

  private static Buffer view(byte[] bytes, int start, int end) {
    return Buffers.wrap(bytes, start, end);
  }
}
