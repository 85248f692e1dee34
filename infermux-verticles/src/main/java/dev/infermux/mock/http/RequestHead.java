package dev.infermux.mock.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * The head of a request.
 *
 * @param length of the body; -1 = it comes in chunks
 * @param last whether the connection ends after it
 */
record RequestHead(String method, String target, MultiMap headers, long length, boolean last) {

  private static final long MOST_BYTES = 64L << 20;

  /**
   * Reads the lines of a head.
   *
   * @throws NotHttp when it is none
   */
  static RequestHead parse(String text) {
    String[] lines = text.split("\r\n", -1);
    String[] start = lines[0].split(" ", -1);
    if (start.length != 3 || !start[2].startsWith("HTTP/1.")) {
      throw new NotHttp("not an HTTP/1.1 request");
    }
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon <= 0) {
        throw new NotHttp("a header without a name");
      }
      headers.add(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
    }
    boolean close = headers.contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true);
    boolean old = start[2].equals("HTTP/1.0");
    return new RequestHead(start[0], start[1], headers, length(headers), close || old);
  }

  /** Whether the peer waits for a word before it sends the body. */
  boolean awaitsContinue() {
    return headers.contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true);
  }

  private static long length(MultiMap headers) {
    if (headers.contains(HttpHeaders.TRANSFER_ENCODING, HttpHeaders.CHUNKED, true)) {
      return -1;
    }
    String given = headers.get(HttpHeaders.CONTENT_LENGTH);
    if (given == null) {
      return 0;
    }
    if (!given.matches("\\d{1,12}") || Long.parseLong(given) > MOST_BYTES) {
      throw new NotHttp("a content-length of " + given);
    }
    return Long.parseLong(given);
  }
}
