package dev.infermux.provider.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Gathers a body up to a limit; a body in one piece is not copied. */
final class BodyCollector {

  private final int limit;
  private final Promise<Buffer> whole = Promise.promise();
  private @Nullable Buffer body;
  private boolean joined;

  private BodyCollector(int limit) {
    this.limit = limit;
  }

  /** Fails with {@link TooLarge}, with a broken encoding or with what broke the connection. */
  static Future<Buffer> collect(HttpClientResponse response, int limit, Runnable heard) {
    BodyCollector collector = new BodyCollector(limit);
    response
        .handler(
            chunk -> {
              heard.run();
              collector.chunk(chunk);
            })
        .exceptionHandler(collector.whole::tryFail)
        .endHandler(end -> collector.whole.tryComplete(collector.all()));
    String encoding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
    Future<Buffer> body = collector.whole.future();
    return encoding == null ? body : body.map(bytes -> Encodings.decode(encoding, bytes, limit));
  }

  private void chunk(Buffer chunk) {
    Buffer before = body;
    if (chunk.length() + (before == null ? 0 : before.length()) > limit) {
      whole.tryFail(new TooLarge(limit));
    } else if (before == null) {
      body = chunk;
    } else if (joined) {
      before.appendBuffer(chunk);
    } else {
      joined = true;
      int twice = 2 * (before.length() + chunk.length());
      body = Buffer.buffer(Math.min(limit, twice)).appendBuffer(before).appendBuffer(chunk);
    }
  }

  private Buffer all() {
    return body == null ? Buffer.buffer() : body;
  }

  /** More bytes than may be kept. */
  static final class TooLarge extends RuntimeException {
    TooLarge(int limit) {
      super("a body of more than " + (limit >> 10) + " KiB", null, false, false);
    }
  }

  /** Bytes that are not what their encoding says. */
  static final class Undecodable extends RuntimeException {
    Undecodable(String found) {
      super(found, null, false, false);
    }
  }
}
