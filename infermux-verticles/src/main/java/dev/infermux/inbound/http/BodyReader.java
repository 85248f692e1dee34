package dev.infermux.inbound.http;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request body into one array, copying each byte once where the length is declared, and
 * refuses what is over the limit before buffering it.
 */
final class BodyReader {

  private static final int FIRST_GUESS = 4096;

  private final HttpServerRequest request;
  private final long limit;
  private final Promise<byte[]> whole = Promise.promise();
  private byte[] bytes;
  private int length;

  private BodyReader(HttpServerRequest request, long limit, int expected) {
    this.request = request;
    this.limit = limit;
    this.bytes = new byte[expected];
  }

  /** Fails with {@link Failure.RequestTooLarge} or {@link Failure.Unservable}. */
  static Future<byte[]> read(HttpServerRequest request, long limit) {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return Future.failedFuture(
          new InferenceException(
              new Failure.Unservable(
                  "unsupported_encoding",
                  415,
                  "content-encoding: \"" + printable(encoding) + "\" (expected: identity)")));
    }
    long declared = declaredLength(request);
    if (declared > limit) {
      return Future.failedFuture(tooLarge(declared + " bytes", limit));
    }
    BodyReader reader =
        new BodyReader(request, limit, declared >= 0 ? (int) declared : FIRST_GUESS);
    return reader.start();
  }

  private Future<byte[]> start() {
    request.handler(this::append);
    request.exceptionHandler(whole::tryFail);
    request.endHandler(ended -> whole.tryComplete(trimmed()));
    return whole.future();
  }

  private void append(Buffer chunk) {
    int needed = length + chunk.length();
    if (needed > limit) {
      request.pause();
      whole.tryFail(tooLarge("more than that", limit));
      return;
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(needed, bytes.length * 2L)));
    }
    chunk.getBytes(0, chunk.length(), bytes, length);
    length = needed;
  }

  private byte[] trimmed() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  private static long declaredLength(HttpServerRequest request) {
    String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return declared == null ? -1 : Long.parseLong(declared);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static InferenceException tooLarge(String found, long limit) {
    return new InferenceException(
        new Failure.RequestTooLarge(
            "request body: " + found + " (expected: at most " + limit + " bytes)"));
  }

  private static @Nullable String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
