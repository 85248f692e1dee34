package dev.infermux.provider.http;

import dev.infermux.vertx.ConnectionUse;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/**
 * Where a stream's bytes come from: what was read of them to know that it is one, and the rest.
 *
 * @param request which of its connection's requests is answered
 * @param first plain bytes, as they are handed on first
 * @param over whether there is no rest
 */
record StreamSource(
    HttpClientResponse rest, int request, StreamDecoder decoder, Buffer first, boolean over) {

  /** Of the last request of the response's connection. */
  StreamSource(HttpClientResponse rest, StreamDecoder decoder, Buffer first, boolean over) {
    this(rest, use(rest).request(), decoder, first, over);
  }

  private static ConnectionUse use(HttpClientResponse response) {
    return ConnectionUse.of(response.request().connection());
  }

  /** Hands on all pieces from the first one on; exactly one of the others follows them. */
  void read(Handler<Buffer> pieces, Handler<Throwable> broken, Runnable ended) {
    if (!over) {
      rest.handler(piece -> decoded(piece, pieces, broken))
          .exceptionHandler(broken)
          .endHandler(end -> ended.run());
    }
    if (first.length() > 0) {
      pieces.handle(first);
    }
    if (over) {
      ended.run();
    }
  }

  private void decoded(Buffer piece, Handler<Buffer> pieces, Handler<Throwable> broken) {
    Buffer plain;
    try {
      plain = decoder.decode(piece);
    } catch (BodyUndecodable wrong) {
      broken.handle(wrong);
      return;
    }
    pieces.handle(plain);
  }

  /** Reads on, or not for now. */
  void flow(boolean wanted) {
    if (wanted) {
      resume();
    } else {
      rest.pause();
      use(rest).read(request, false);
    }
  }

  void resume() {
    // Before what is queued is handed on: that may be enough again.
    use(rest).read(request, true);
    rest.resume();
  }
}
