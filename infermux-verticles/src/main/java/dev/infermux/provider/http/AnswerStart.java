package dev.infermux.provider.http;

import dev.infermux.dialect.Framing;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** Reads an answer that should be a stream until its first bytes show what it is. */
final class AnswerStart {

  /** What may come before the first character. */
  private static final int MOST_BLANK_BYTES = 16 << 10;

  private final HttpClientResponse response;
  private final StreamDecoder decoder;
  private final Framing framing;
  private final boolean declared;
  private Buffer raw = Buffer.buffer();
  private Buffer plain = Buffer.buffer();
  private boolean known;

  /**
   * @param declared whether its content type says that it is a stream of this framing
   */
  AnswerStart(
      HttpClientResponse response, StreamDecoder decoder, Framing framing, boolean declared) {
    this.response = response;
    this.decoder = decoder;
    this.framing = framing;
    this.declared = declared;
  }

  /**
   * Reads on.
   *
   * @param found told what it is, as soon as that is known
   * @param broken told of a connection that ends before
   */
  void read(Handler<FirstBytes> found, Handler<Throwable> broken) {
    response
        .handler(piece -> piece(piece, found, broken))
        .exceptionHandler(cause -> once(() -> broken.handle(cause)))
        .endHandler(
            end -> once(() -> found.handle(declared ? FirstBytes.ENDED : FirstBytes.OTHER)));
  }

  private void piece(Buffer piece, Handler<FirstBytes> found, Handler<Throwable> broken) {
    raw = joined(raw, piece);
    try {
      plain = joined(plain, decoder.decode(piece));
    } catch (BodyUndecodable wrong) {
      once(() -> broken.handle(wrong));
      return;
    }
    FirstBytes kind = FirstBytes.of(plain, framing, declared);
    if (kind != FirstBytes.UNDECIDED) {
      once(() -> found.handle(kind));
    } else if (raw.length() > MOST_BLANK_BYTES) {
      once(() -> found.handle(FirstBytes.OTHER));
    }
  }

  private void once(Runnable step) {
    if (!known) {
      known = true;
      step.run();
    }
  }

  private static Buffer joined(Buffer before, Buffer piece) {
    return before.length() == 0 ? piece : before.copy().appendBuffer(piece);
  }

  /** What came, as it came. */
  Buffer raw() {
    return raw;
  }

  /** What came, decoded, and where the rest comes from. */
  StreamSource source(boolean over) {
    return new StreamSource(response, decoder, plain, over);
  }
}
