package dev.infermux.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.benchmarks.net.Needle;
import java.util.Arrays;

/** Finds the mock's stamps in a stream of events, however the bytes are cut. */
final class EventCounter {
  private static final Needle DONE = new Needle("[DONE]");
  private static final Needle STAMP = new Needle("~T");
  private static final int STAMP_DIGITS = 19;

  private byte[] line = new byte[512];
  private int length;
  private int events;
  private boolean done;
  private long written;

  void reset() {
    length = 0;
    events = 0;
    done = false;
  }

  /**
   * Returns how many content events these bytes completed; {@link #written} is the last one's
   * stamp.
   */
  int feed(byte[] bytes, int from, int count) {
    int before = events;
    for (int at = from; at < from + count; at++) {
      if (bytes[at] == '\n') {
        line();
        length = 0;
      } else {
        append(bytes[at]);
      }
    }
    return events - before;
  }

  int events() {
    return events;
  }

  boolean done() {
    return done;
  }

  long written() {
    return written;
  }

  private void append(byte b) {
    if (length == line.length) {
      line = Arrays.copyOf(line, length * 2);
    }
    line[length++] = b;
  }

  private void line() {
    int stamp = STAMP.after(line, length);
    if (stamp >= 0 && stamp + STAMP_DIGITS <= length) {
      written = Long.parseLong(new String(line, stamp, STAMP_DIGITS, US_ASCII));
      events++;
    } else if (DONE.after(line, length) >= 0) {
      done = true;
    }
  }
}
