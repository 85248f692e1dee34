package dev.infermux.testing;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes HTTP/1.1 requests off a connection's bytes. */
final class MockRequestParser {

  private Buffer bytes = Buffer.buffer();

  void feed(Buffer more) {
    bytes.appendBuffer(more);
  }

  /** The next complete request, or null while there is none. */
  @Nullable MockRequest next(int connection) {
    String all = bytes.toString(StandardCharsets.ISO_8859_1);
    int end = all.indexOf("\r\n\r\n");
    if (end < 0) {
      return null;
    }
    String[] lines = all.substring(0, end).split("\r\n");
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.add(lines[i].substring(0, colon), lines[i].substring(colon + 1).trim());
    }
    String length = headers.get("content-length");
    int from = end + 4;
    int to = from + (length == null ? 0 : Integer.parseInt(length));
    if (bytes.length() < to) {
      return null;
    }
    String[] start = lines[0].split(" ");
    byte[] body = bytes.getBytes(from, to);
    bytes = bytes.getBuffer(to, bytes.length());
    return new MockRequest(start[0], start[1], headers, body, connection);
  }
}
