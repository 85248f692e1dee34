package dev.infermux.inbound.http;

import dev.infermux.inbound.AnswerHold;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * Writes a large whole answer as its caller takes it: at once, all of it would be copied for the
 * socket. What is not written yet stays held. Used on the event loop of its response.
 */
final class SlicedAnswer {

  /** What is written at once: as much as a socket takes before it counts as full. */
  static final int SLICE = 64 << 10;

  private final HttpServerResponse response;
  private final Buffer body;
  private final AnswerHold hold;
  private int written;
  private boolean over;

  /**
   * @param hold has all of the body
   */
  SlicedAnswer(HttpServerResponse response, Buffer body, AnswerHold hold) {
    this.response = response;
    this.body = body;
    this.hold = hold;
  }

  /** Writes as much as the caller takes now, and the rest as it takes more. */
  void write() {
    while (!over && !response.writeQueueFull()) {
      int to = Math.min(body.length(), written + SLICE);
      Buffer slice = body.slice(written, to);
      written = to;
      hold.holds(body.length() - written);
      if (written == body.length()) {
        over = true;
        response.end(slice);
      } else {
        response.write(slice);
      }
    }
    if (!over) {
      response.drainHandler(drained -> write());
    }
  }

  /** The caller has left. Idempotent. */
  void stop() {
    over = true;
  }
}
