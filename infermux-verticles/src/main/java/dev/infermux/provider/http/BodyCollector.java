package dev.infermux.provider.http;

import dev.infermux.inference.AnswerBytes;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.NoRoom;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import dev.infermux.vertx.Buffers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers a body up to a limit; a body in one piece is not copied. The bytes are held at most twice
 * for a moment, and once where the answer told its length. They are in the account until they are
 * handed over or released.
 */
final class BodyCollector {

  private static final Logger LOG = LoggerFactory.getLogger(BodyCollector.class);
  private static final byte[][] NO_SEGMENTS = {};
  private static final int LARGEST_SEGMENT = 4 << 20;

  /** Texts are shorter; what is longer are vectors and media. */
  private static final int MOST_TORN = 8 << 20;

  private final HttpClientResponse response;
  private final int limit;
  private final boolean partial;
  private final int expected;
  private final Runnable heard;
  private final BufferedBytes account;
  private final Promise<Buffer> whole = Promise.promise();
  private Buffer first = Buffers.NONE;
  private Buffer torn = Buffers.NONE;
  private byte[][] segments = NO_SEGMENTS;
  private int full;
  private int used;
  private int length;
  private long taken;

  private BodyCollector(
      HttpClientResponse response, BodyLimit limit, boolean partial, int expected, Runnable heard) {
    this.response = response;
    this.limit = limit.bytes();
    this.account = limit.account();
    this.partial = partial;
    this.expected = expected;
    this.heard = heard;
  }

  /**
   * Of a whole body.
   *
   * @param first what was read of it already
   * @param heard runs for each piece that comes
   */
  static BodyCollector of(
      HttpClientResponse response, Buffer first, BodyLimit limit, Runnable heard) {
    BodyCollector collector = new BodyCollector(response, limit, false, expected(response), heard);
    if (first.length() > 0) {
      collector.guarded(() -> collector.chunk(first));
    }
    return collector;
  }

  /** Fails with {@link BodyTooLarge}, a broken encoding or what broke the connection. */
  Future<Buffer> collect() {
    response
        .handler(chunk -> guarded(() -> chunk(chunk)))
        .exceptionHandler(cause -> guarded(() -> broken(cause)))
        .endHandler(end -> guarded(this::complete));
    String encoding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
    Future<Buffer> body = whole.future();
    return encoding == null ? body : body.map(bytes -> decoded(encoding, bytes));
  }

  /** The caller of an answer keeps its bytes in the account, and gives them back. */
  void handOver(AnswerBytes caller) {
    if (caller.keep(taken)) {
      taken = 0;
    }
  }

  /** What is in the account; another holder gives it back. */
  long handOver() {
    long bytes = taken;
    taken = 0;
    return bytes;
  }

  /** Gives back what was not handed over. Idempotent. */
  void release() {
    account.release(BufferedKind.ANSWERS, taken);
    taken = 0;
    first = Buffers.NONE;
    segments = NO_SEGMENTS;
  }

  /**
   * What has come of a body that will not be whole; nothing is collected any more. Of a very long
   * one nothing: it would have to be copied.
   */
  Buffer read() {
    fail(new IOException("given up"));
    String encoding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
    return encoding == null ? torn : Encodings.beginning(encoding, torn, decodable());
  }

  /** At most the first {@code limit} bytes, also of a longer body or one that breaks off. */
  static BodyCollector beginning(HttpClientResponse response, BodyLimit limit, Runnable heard) {
    return new BodyCollector(response, limit, true, -1, heard);
  }

  private static int expected(HttpClientResponse response) {
    String told = response.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return told == null ? -1 : Integer.parseInt(told.trim());
    } catch (NumberFormatException tooLarge) {
      return -1;
    }
  }

  private Buffer decoded(String encoding, Buffer body) {
    Buffer plain =
        partial
            ? Encodings.beginning(encoding, body, decodable())
            : Encodings.decode(encoding, body, decodable());
    if (!holds(plain.length())) {
      throw noRoom();
    }
    return plain;
  }

  /** A small body may be a large one packed. */
  private int decodable() {
    return (int) Math.max(0, Math.min(limit, account.limit() - account.held()));
  }

  /** Where a piece could not be taken the body has failed: what follows would not be whole. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (Throwable bug) {
      first = Buffers.NONE;
      segments = NO_SEGMENTS;
      length = 0;
      LOG.error("a body could not be gathered", bug);
      fail(new InferenceException(InferenceException.failureOf(bug)));
    }
  }

  private void broken(Throwable cause) {
    if (partial) {
      complete();
    } else {
      fail(cause);
    }
  }

  private void complete() {
    if (!whole.future().isComplete()) {
      long size = segments.length == 1 ? segments[0].length : length;
      Buffer body = all();
      holds(size);
      whole.complete(body);
    }
  }

  /** What has come so far still tells what it cost. */
  private void fail(Throwable cause) {
    if (!whole.future().isComplete()) {
      try {
        torn = length > MOST_TORN ? Buffers.NONE : all();
      } finally {
        whole.tryFail(cause);
      }
    }
  }

  private void chunk(Buffer chunk) {
    heard.run();
    if (whole.future().isComplete()) {
      return;
    }
    if (chunk.length() <= limit - length) {
      add(chunk);
    } else if (partial) {
      add(chunk.slice(0, limit - length));
      complete();
    } else {
      fail(new BodyTooLarge(limit));
    }
  }

  /** False when the process has no room for so much more: the body has failed, and stays so. */
  private boolean take(int more) {
    if (whole.future().isComplete()) {
      return false;
    }
    if (!holds(taken + more)) {
      fail(noRoom());
      return false;
    }
    return true;
  }

  /** Counts just so many bytes from now on; false, and nothing changes, when there is no room. */
  private boolean holds(long bytes) {
    if (!account.take(BufferedKind.ANSWERS, bytes - taken, taken)) {
      return false;
    }
    taken = bytes;
    return true;
  }

  private InferenceException noRoom() {
    return new InferenceException(NoRoom.of("answer", account.limit()));
  }

  private void add(Buffer chunk) {
    if (length == 0) {
      if (!take(chunk.length())) {
        return;
      }
      first = chunk;
    } else if (segments.length == 0) {
      copy(first);
      first = Buffers.NONE;
      copy(chunk);
    } else {
      copy(chunk);
    }
    length += chunk.length();
  }

  private void copy(Buffer chunk) {
    int from = 0;
    while (from < chunk.length()) {
      if ((segments.length == full || used == segments[full].length)
          && !grow(chunk.length() - from)) {
        return;
      }
      int fits = Math.min(chunk.length() - from, segments[full].length - used);
      chunk.getBytes(from, from + fits, segments[full], used);
      used += fits;
      from += fits;
    }
  }

  /** A new segment: for all that was told to come, else as long as all before it. */
  private boolean grow(int needed) {
    boolean begins = segments.length == 0;
    int size =
        begins && expected > 0 && expected <= limit
            ? expected
            : Math.min(LARGEST_SEGMENT, 2 * length);
    if (!take(Math.max(size, needed))) {
      return false;
    }
    full = segments.length;
    segments = Arrays.copyOf(segments, full + 1);
    segments[full] = new byte[Math.max(size, needed)];
    used = 0;
    return true;
  }

  private Buffer all() {
    if (segments.length == 0) {
      return first;
    }
    byte[] joined = segments[0];
    if (segments.length > 1) {
      joined = new byte[length];
      int at = 0;
      for (byte[] segment : segments) {
        int size = Math.min(segment.length, length - at);
        System.arraycopy(segment, 0, joined, at, size);
        at += size;
      }
    }
    segments = NO_SEGMENTS;
    return Buffers.wrap(joined, 0, length);
  }
}
