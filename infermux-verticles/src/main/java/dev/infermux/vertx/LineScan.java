package dev.infermux.vertx;

import io.netty.buffer.ByteBuf;

/** Looks at the bytes of a request's head for lines that proxies read in different ways. */
final class LineScan {

  private byte last = '\n';
  private byte beforeLast = '\r';
  private boolean begun;
  private boolean done;
  private boolean folded;
  private boolean bare;

  /** Another head begins. */
  void reset() {
    last = '\n';
    beforeLast = '\r';
    begun = false;
    done = false;
    folded = false;
    bare = false;
  }

  void feed(ByteBuf bytes) {
    for (int at = bytes.readerIndex(); at < bytes.writerIndex() && !done; at++) {
      take(bytes.getByte(at));
    }
  }

  private void take(byte next) {
    if (last == '\n' && begun) {
      folded |= next == ' ' || next == '\t';
    }
    if (next == '\n') {
      bare |= last != '\r';
      // An empty line before the request line is none of the head's.
      done = begun && last == '\r' && beforeLast == '\n';
    } else if (next != '\r') {
      begun = true;
    }
    beforeLast = last;
    last = next;
  }

  /** Whether a header goes on in a second line. */
  boolean folded() {
    return folded;
  }

  /** Whether a line ends without its CR. */
  boolean bare() {
    return bare;
  }
}
