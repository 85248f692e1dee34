package dev.infermux.mock.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes HTTP/1.1 requests off a connection's bytes, however the network tore them. */
final class RequestParser {

  private static final int MOST_HEAD_BYTES = 64 << 10;
  private static final int MOST_BODY_BYTES = 64 << 20;

  /** What has not been consumed; {@code at} is how far it has been looked at. */
  private Buffer held = Buffer.buffer();

  private int at;
  private @Nullable RequestHead head;
  private Buffer body = Buffer.buffer();

  /**
   * Takes more bytes.
   *
   * @throws NotHttp when a peer sends more than anyone may hold
   */
  void feed(Buffer more) {
    if (held.length() > MOST_BODY_BYTES + MOST_HEAD_BYTES) {
      throw new NotHttp("more than 64 MiB ahead of an answer");
    }
    held.appendBuffer(more);
  }

  /**
   * The next complete request, or null while there is none.
   *
   * @throws NotHttp when what came is no request
   */
  @Nullable WireRequest next(int connection) {
    RequestHead known = head;
    if (known == null) {
      known = head();
      head = known;
    }
    if (known == null || !(known.length() < 0 ? chunks() : wholeBody((int) known.length()))) {
      return null;
    }
    WireRequest request = new WireRequest(known, body, connection);
    head = null;
    body = Buffer.buffer();
    return request;
  }

  /** Whether a peer waits for a word before it sends the body; true once a request. */
  boolean oweContinue() {
    RequestHead known = head;
    boolean owed = known != null && known.awaitsContinue();
    if (known != null && owed) {
      known.headers().remove("expect");
    }
    return owed;
  }

  private @Nullable RequestHead head() {
    int end = find("\r\n\r\n");
    if (end < 0) {
      if (held.length() > MOST_HEAD_BYTES) {
        throw new NotHttp("a head of more than 64 KiB");
      }
      return null;
    }
    String text = held.getString(0, end, StandardCharsets.ISO_8859_1.name());
    consume(end + 4);
    return RequestHead.parse(text);
  }

  private boolean wholeBody(int length) {
    if (held.length() < length) {
      return false;
    }
    body = held.getBuffer(0, length);
    consume(length);
    return true;
  }

  /** Takes whole chunks off; true when the last one was among them. */
  private boolean chunks() {
    while (true) {
      int end = find("\r\n");
      if (end < 0) {
        return false;
      }
      int size = size(held.getString(0, end).split(";", 2)[0].strip());
      int after = end + 2 + size + 2;
      if (held.length() < after) {
        at = 0;
        return false;
      }
      body.appendBuffer(held, end + 2, size);
      consume(after);
      if (size == 0) {
        return true;
      }
    }
  }

  private int size(String hex) {
    if (!hex.matches("[0-9A-Fa-f]{1,8}")) {
      throw new NotHttp("a chunk without a size");
    }
    long size = Long.parseLong(hex, 16);
    if (body.length() + size > MOST_BODY_BYTES) {
      throw new NotHttp("a body of more than 64 MiB");
    }
    return (int) size;
  }

  private int find(String ending) {
    byte[] wanted = ending.getBytes(StandardCharsets.US_ASCII);
    for (int i = Math.max(0, at - wanted.length); i + wanted.length <= held.length(); i++) {
      int same = 0;
      while (same < wanted.length && held.getByte(i + same) == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return i;
      }
    }
    at = held.length();
    return -1;
  }

  private void consume(int bytes) {
    held = held.getBuffer(bytes, held.length());
    at = 0;
  }
}
