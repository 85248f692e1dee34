package dev.infermux.provider.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Gathers a body up to a limit, or its beginning; a body in one piece is not copied. */
final class BodyCollector {

  private final int limit;

  /** The first bytes are enough. */
  private final boolean beginning;

  private final Promise<Buffer> whole = Promise.promise();
  private @Nullable Buffer body;
  private boolean joined;

  private BodyCollector(int limit, boolean beginning) {
    this.limit = limit;
    this.beginning = beginning;
  }

  /**
   * Of an answer of an error status the beginning, however it goes on or breaks off. Of others the
   * whole: fails with {@link TooLarge}, with a broken encoding or with what broke the connection.
   */
  static Future<Buffer> collect(HttpClientResponse response, int limit, Runnable heard) {
    String encoding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
    boolean beginning = response.statusCode() >= 400;
    Future<Buffer> body = new BodyCollector(limit, beginning).collect(response, heard);
    if (encoding == null) {
      return body;
    }
    return beginning
        ? body.map(bytes -> Encodings.beginning(encoding, bytes, limit))
        : body.map(bytes -> Encodings.decode(encoding, bytes, limit));
  }

  private Future<Buffer> collect(HttpClientResponse response, Runnable heard) {
    response
        .handler(
            chunk -> {
              heard.run();
              chunk(chunk);
            })
        .exceptionHandler(this::broken)
        .endHandler(end -> whole.tryComplete(all()));
    return whole.future();
  }

  private void broken(Throwable cause) {
    if (beginning) {
      whole.tryComplete(all());
    } else {
      whole.tryFail(cause);
    }
  }

  private void chunk(Buffer chunk) {
    Buffer before = body;
    int room = limit - (before == null ? 0 : before.length());
    if (chunk.length() > room && beginning) {
      whole.tryComplete(all().copy().appendBuffer(chunk.slice(0, room)));
    } else if (chunk.length() > room) {
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
