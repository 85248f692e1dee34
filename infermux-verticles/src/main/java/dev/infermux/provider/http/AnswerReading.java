package dev.infermux.provider.http;

import dev.infermux.dialect.ErrorResponse;
import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.ResponseDialect;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer as what it is: its content type may say otherwise, and it may be whole where a
 * stream was asked for, or a stream where it should be whole. It was paid for in any case.
 */
record AnswerReading(
    Transport transport,
    UpstreamConnection connection,
    ResponseDialect dialect,
    Attempt attempt,
    FailedCharge charge,
    AnswerExchange exchange) {

  /** The largest error body that is read. */
  private static final int MAX_ERROR_BYTES = 64 << 10;

  private static final String NO_STREAM = "no event stream, although asked for one";

  /** Reads the body of a success. */
  void success(HttpClientResponse response) {
    if (dialect.streams(attempt, contentType(response))) {
      streamed(response);
    } else {
      collect(response, Buffer.buffer(), (counted, body) -> whole(response, counted, body));
    }
  }

  /** Reads the body of an error. */
  void error(HttpClientResponse response) {
    read(
        response,
        BodyCollector.beginning(response, limit(MAX_ERROR_BYTES), exchange::heard),
        (counted, body) -> refused(response, body));
  }

  private void collect(
      HttpClientResponse response,
      Buffer first,
      BiConsumer<BodyCollector, AsyncResult<Buffer>> then) {
    BodyCollector body =
        BodyCollector.of(response, first, limit(transport.maxAnswerBytes()), exchange::heard);
    charge.reading(body::read);
    read(response, body, then);
  }

  private BodyLimit limit(int bytes) {
    return new BodyLimit(bytes, transport.buffered());
  }

  private void read(
      HttpClientResponse response,
      BodyCollector collector,
      BiConsumer<BodyCollector, AsyncResult<Buffer>> then) {
    exchange.collecting();
    response.end().onSuccess(read -> connection.finished());
    collector
        .collect()
        .onComplete(
            body -> {
              try {
                exchange.step(() -> then.accept(collector, body));
              } finally {
                collector.release();
              }
            });
  }

  private void refused(HttpClientResponse response, AsyncResult<Buffer> body) {
    Buffer read = body.succeeded() ? body.result() : Buffer.buffer();
    charge.read(read);
    exchange.failed(
        dialect.refused(
            new ErrorResponse(attempt, response.statusCode(), response.headers(), read)));
  }

  private void whole(
      HttpClientResponse response, BodyCollector collector, AsyncResult<Buffer> body) {
    if (body.failed()) {
      exchange.broken(body.cause());
      return;
    }
    Answer answer = accepted(FirstBytes.withoutBom(body.result()), contentType(response));
    collector.handOver(attempt.call().answerBytes());
    exchange.answered(answer);
  }

  private Answer accepted(Buffer body, String type) {
    try {
      return dialect.whole(attempt, body, type);
    } catch (InferenceException unusable) {
      Buffer joined = FirstBytes.areEvents(body) ? dialect.asWhole(attempt, body) : null;
      if (joined != null) {
        return dialect.whole(attempt, joined);
      }
      charge.read(body);
      throw unusable;
    }
  }

  private void streamed(HttpClientResponse response) {
    exchange.streaming();
    String type = contentType(response);
    Framing framing = dialect.framing(type);
    StreamDecoder decoder = StreamDecoder.of(response.getHeader(HttpHeaders.CONTENT_ENCODING));
    if (decoder == null) {
      exchange.failed(malformed("a stream in an encoding that nobody asked for"));
      return;
    }
    if (framing == Framing.BYTES) {
      stream(new StreamSource(response, decoder, Buffer.buffer(), false), type, null);
      return;
    }
    boolean declared = type.toLowerCase(Locale.ROOT).startsWith(framing.mediaType());
    AnswerStart start = new AnswerStart(response, decoder, framing, declared);
    start.read(
        found -> exchange.step(() -> begun(response, start, found)),
        cause -> exchange.step(() -> exchange.broken(cause)));
  }

  private void begun(HttpClientResponse response, AnswerStart start, FirstBytes found) {
    switch (found) {
      case EVENTS -> stream(start.source(false), "", null);
      case ENDED -> stream(start.source(true), "", null);
      case JSON ->
          collect(response, start.raw(), (counted, body) -> turned(response, counted, body));
      case OTHER, UNDECIDED -> exchange.failed(malformed(NO_STREAM));
    }
  }

  /**
   * @param mediaType of bytes; empty = of events
   * @param collected has its bytes in the account as a whole answer; null = they come now
   */
  private void stream(StreamSource source, String mediaType, @Nullable BodyCollector collected) {
    exchange.heard();
    Framing framing = mediaType.isEmpty() ? dialect.framing() : Framing.BYTES;
    EventReader reader = dialect.events(attempt, framing);
    long counted = collected == null ? 0 : collected.handOver();
    EventStream begun =
        new EventStream(
            transport,
            connection,
            new StreamReading(source, framing, reader, attempt.progress(), counted),
            exchange);
    exchange.streams(begun, mediaType);
    begun.start();
  }

  /** A whole answer where a stream was asked for becomes one; an error in its place says why. */
  private void turned(
      HttpClientResponse response, BodyCollector collector, AsyncResult<Buffer> body) {
    if (body.failed()) {
      exchange.broken(body.cause());
      return;
    }
    Answer whole = accepted(FirstBytes.withoutBom(body.result()), contentType(response));
    Buffer events = whole.streams() ? null : dialect.asStream(attempt, whole.bytes());
    if (events == null) {
      charge.read(body.result());
      exchange.failed(malformed(NO_STREAM));
      return;
    }
    exchange.streaming();
    StreamSource source = new StreamSource(response, StreamDecoder.NONE, events, true);
    stream(source, "", collector);
  }

  private Failure malformed(String found) {
    return transport.failures().malformed(200, found);
  }

  private static String contentType(HttpClientResponse response) {
    String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
    return type == null ? "" : type;
  }
}
