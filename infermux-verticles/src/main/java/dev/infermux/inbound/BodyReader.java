package dev.infermux.inbound;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.NoRoom;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import dev.infermux.vertx.BodyPieces;
import dev.infermux.vertx.Buffers;
import dev.infermux.vertx.DirectBytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request body into one array and refuses what is over the limit, or for which the process
 * has no room, before buffering it. A declared length is believed only as far as bytes have come:
 * memory follows them, not the head.
 */
public final class BodyReader {

  private static final byte[] NOTHING = {};
  private static final int FIRST_GUESS = 4096;
  private static final int ON_HEAP = 256 * 1024;
  private static final int SEGMENT = 1024 * 1024;

  private final HttpServerRequest request;
  private final long limit;
  private final long declared;
  private final Promise<byte[]> whole = Promise.promise();
  private final BufferedBytes account;
  private final DirectBytes rest = new DirectBytes();
  private byte[] bytes = NOTHING;
  private int length;
  private long taken;
  private boolean over;

  /**
   * Reads nothing yet.
   *
   * @param limit of the body in bytes
   * @param account of what the process holds
   */
  public BodyReader(HttpServerRequest request, long limit, BufferedBytes account) {
    this.request = request;
    this.limit = limit;
    this.declared = declaredLength(request);
    this.account = account;
  }

  /**
   * Fails with {@link Failure.RequestTooLarge}, {@link Failure.Overloaded} or {@link
   * Failure.Unservable}. What was read counts until {@link #release()}.
   */
  public Future<byte[]> read() {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return Future.failedFuture(
          new InferenceException(
              new Failure.Unservable(
                  "unsupported_encoding",
                  415,
                  "content-encoding: \"" + printable(encoding) + "\" (expected: identity)")));
    }
    if (declared > limit) {
      return Future.failedFuture(tooLarge(declared + " bytes", limit));
    }
    // What says that it is long is not on the heap until it is whole: it may take long to come.
    int first = declared > ON_HEAP ? 0 : declared >= 0 ? (int) declared : FIRST_GUESS;
    if (!take(first)) {
      return Future.failedFuture(noRoom());
    }
    return start();
  }

  /** The body is needed no longer. Idempotent. */
  public void release() {
    account.release(BufferedKind.REQUESTS, taken);
    taken = 0;
    over = true;
    rest.release();
  }

  private boolean take(int more) {
    if (over || !account.take(BufferedKind.REQUESTS, more, taken)) {
      return false;
    }
    taken += more;
    return true;
  }

  /** A body that a handler before this one has read; fails with {@link Failure.RequestTooLarge}. */
  public static Future<byte[]> of(Buffer body, long limit) {
    return body.length() > limit
        ? Future.failedFuture(tooLarge(body.length() + " bytes", limit))
        : Future.succeededFuture(body.getBytes());
  }

  private Future<byte[]> start() {
    request.handler(chunk -> guarded(() -> append(chunk)));
    request.exceptionHandler(cause -> whole.tryFail(broken(cause)));
    request.endHandler(ended -> guarded(() -> whole.tryComplete(trimmed())));
    if (HttpHeaders.CONTINUE.toString().equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    return whole.future();
  }

  /** Where no memory can be had for a piece there is no body: what follows does not go on. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (Throwable failed) {
      refuse(failed);
    }
  }

  private void append(Buffer chunk) {
    int needed = length + chunk.length();
    if (whole.future().isComplete()) {
      return;
    }
    if (needed > limit) {
      refuse(tooLarge("over " + limit + " bytes", limit));
      return;
    }
    if (length == 0 && needed == declared) {
      bytes = Buffers.array(chunk);
      length = needed;
      return;
    }
    if (length == 0 && declared <= taken) {
      bytes = Buffers.around(chunk, (int) declared);
    }
    if (Buffers.standsAt(chunk, bytes, length)) {
      length = needed;
      return;
    }
    if (length == 0 && bytes.length == 0) {
      bytes = new byte[(int) taken];
    }
    if (needed > bytes.length + rest.capacity() && !grow(needed)) {
      refuse(noRoom());
      return;
    }
    int here = Math.max(0, Math.min(chunk.length(), bytes.length - length));
    if (here > 0) {
      chunk.getBytes(0, here, bytes, length);
    }
    if (here < chunk.length()) {
      rest.add(chunk, here);
    }
    BodyPieces.giveBack(chunk);
    length = needed;
  }

  private void refuse(Throwable why) {
    bytes = NOTHING;
    length = 0;
    rest.release();
    whole.tryFail(why);
  }

  /** What is long is gathered outside the heap, a segment as its bytes come. */
  private boolean grow(int needed) {
    if (needed <= ON_HEAP && declared <= ON_HEAP) {
      int grown = (int) Math.min(limit, Math.max(needed, bytes.length * 2L));
      if (!take(grown - bytes.length)) {
        return false;
      }
      bytes = Arrays.copyOf(bytes, grown);
      return true;
    }
    long most = Math.max(needed, declared >= 0 ? declared : limit);
    while (bytes.length + rest.capacity() < needed) {
      int segment = rest.capacity() == 0 ? ON_HEAP : SEGMENT;
      int more = (int) Math.min(segment, most - bytes.length - rest.capacity());
      if (!take(more)) {
        return false;
      }
      rest.grow(more);
    }
    return true;
  }

  private byte[] trimmed() {
    if (length == bytes.length) {
      return bytes;
    }
    byte[] all = Arrays.copyOf(bytes, length);
    rest.moveTo(all, bytes.length);
    return all;
  }

  private static long declaredLength(HttpServerRequest request) {
    String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return declared == null ? -1 : Long.parseLong(declared);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static InferenceException broken(Throwable cause) {
    return new InferenceException(
        cause instanceof HttpClosedException
            ? new Failure.Cancelled("request body: the caller left within it")
            : new Failure.InvalidRequest(
                "request body: malformed framing (expected: chunks as RFC 9112 has them)", null));
  }

  private InferenceException noRoom() {
    return new InferenceException(NoRoom.of("request body", account.limit()));
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
