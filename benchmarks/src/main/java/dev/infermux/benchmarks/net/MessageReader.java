package dev.infermux.benchmarks.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Reads the HTTP/1.1 messages of one connection as their bytes arrive, requests and responses
 * alike.
 *
 * <p>A message with neither a length nor chunks has no body here: bodies that end with the
 * connection are not read.
 */
public final class MessageReader {
  private static final int MAX_HEAD = 64 * 1024;

  /** Told what was read, on the thread that feeds. */
  public interface Handler {
    void head(MessageReader message);

    void body(byte[] bytes, int from, int length);

    void end();
  }

  private enum State {
    HEAD,
    FIXED,
    CHUNK_SIZE,
    CHUNK_EXTENSION,
    CHUNK,
    CHUNK_END,
    TRAILER
  }

  private final Handler handler;
  private State state = State.HEAD;
  private byte[] head = new byte[1024];
  private int headLength;
  private boolean chunked;
  private boolean framed;
  private long remaining;
  private int trailerLine;

  public MessageReader(Handler handler) {
    this.handler = handler;
  }

  /** Reads on; throws {@link IllegalStateException} when the bytes are not HTTP. */
  public void feed(byte[] bytes, int from, int length) {
    int at = from;
    int end = from + length;
    while (at < end) {
      at =
          switch (state) {
            case HEAD -> head(bytes, at, end);
            case FIXED, CHUNK -> body(bytes, at, end);
            case CHUNK_SIZE -> chunkSize(bytes[at], at);
            case CHUNK_EXTENSION -> lineEnd(bytes[at], at, this::chunkBegins);
            case CHUNK_END -> lineEnd(bytes[at], at, this::chunkEnded);
            case TRAILER -> trailer(bytes[at], at);
          };
    }
  }

  /** The first line; valid in {@link Handler#head} only. */
  public String startLine() {
    int length = 0;
    while (head[length] != '\r') {
      length++;
    }
    return new String(head, 0, length, US_ASCII);
  }

  /** The status of a response; valid in {@link Handler#head} only. */
  public int status() {
    return (head[9] - '0') * 100 + (head[10] - '0') * 10 + head[11] - '0';
  }

  /** Whether the message says where it ends. */
  public boolean framed() {
    return framed;
  }

  private int head(byte[] bytes, int from, int end) {
    for (int at = from; at < end; at++) {
      if (headLength == head.length) {
        grow();
      }
      head[headLength++] = bytes[at];
      if (bytes[at] == '\n' && headLength >= 4 && head[headLength - 3] == '\n') {
        begin();
        return at + 1;
      }
    }
    return end;
  }

  private void grow() {
    if (headLength >= MAX_HEAD) {
      throw new IllegalStateException("message head: over " + MAX_HEAD + " bytes");
    }
    head = Arrays.copyOf(head, headLength * 2);
  }

  private void begin() {
    chunked = false;
    framed = false;
    remaining = 0;
    int line = 0;
    for (int at = 0; at < headLength; at++) {
      if (head[at] == '\n') {
        header(line, at - 1);
        line = at + 1;
      }
    }
    handler.head(this);
    headLength = 0;
    if (chunked) {
      state = State.CHUNK_SIZE;
      remaining = 0;
    } else if (remaining > 0) {
      state = State.FIXED;
    } else {
      finish();
    }
  }

  private void header(int from, int to) {
    if (named("content-length:", from, to)) {
      framed = true;
      remaining = Long.parseLong(new String(head, from + 15, to - from - 15, US_ASCII).trim());
    } else if (named("transfer-encoding:", from, to)) {
      framed = true;
      chunked = true;
    }
  }

  private boolean named(String name, int from, int to) {
    if (to - from < name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      byte b = head[from + i];
      int lower = b >= 'A' && b <= 'Z' ? b + 32 : b;
      if (lower != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int body(byte[] bytes, int at, int end) {
    int length = (int) Math.min(remaining, end - at);
    remaining -= length;
    handler.body(bytes, at, length);
    if (remaining == 0) {
      if (state == State.FIXED) {
        finish();
      } else {
        state = State.CHUNK_END;
      }
    }
    return at + length;
  }

  private int chunkSize(byte b, int at) {
    int digit = Character.digit(b, 16);
    if (digit >= 0) {
      remaining = remaining * 16 + digit;
    } else if (b == '\n') {
      chunkBegins();
    } else if (b == ';') {
      state = State.CHUNK_EXTENSION;
    } else if (b != '\r') {
      throw new IllegalStateException("chunk size: byte " + b + " (expected: a hexadecimal digit)");
    }
    return at + 1;
  }

  private static int lineEnd(byte b, int at, Runnable next) {
    if (b == '\n') {
      next.run();
    }
    return at + 1;
  }

  private void chunkBegins() {
    trailerLine = 0;
    state = remaining > 0 ? State.CHUNK : State.TRAILER;
  }

  private void chunkEnded() {
    remaining = 0;
    state = State.CHUNK_SIZE;
  }

  private int trailer(byte b, int at) {
    if (b == '\n') {
      if (trailerLine == 0) {
        finish();
      }
      trailerLine = 0;
    } else if (b != '\r') {
      trailerLine++;
    }
    return at + 1;
  }

  private void finish() {
    state = State.HEAD;
    handler.end();
  }
}
