package dev.infermux.inbound.http;

import dev.infermux.dialect.StreamTranslation;
import dev.infermux.inference.Answer;
import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * Relays one stream to its caller: a write for each chunk, the provider paused while the caller's
 * socket is full, cost in the trailers, and an error event instead of the last one when it breaks.
 */
final class StreamWriter {

  private final HttpExchange exchange;
  private final HttpServerResponse response;
  private final Answer answer;
  private final AnswerStream stream;
  private final StreamTranslation translation;
  private final KeepAlive keepAlive;
  private final boolean late;
  private @Nullable CallTotals totals;

  private StreamWriter(
      HttpExchange exchange, Answer answer, StreamTranslation translation, KeepAlive keepAlive) {
    this.exchange = exchange;
    this.response = exchange.response();
    this.answer = answer;
    this.stream = answer.events();
    this.translation = translation;
    this.keepAlive = keepAlive;
    this.late = response.headWritten();
  }

  /** Relays a stream, after its head unless that is out already. */
  static void relay(
      HttpExchange exchange, Answer answer, AnswerFormat format, KeepAlive keepAlive) {
    if (exchange.response().closed() || exchange.response().ended()) {
      answer.events().cancel();
      return;
    }
    StreamTranslation translation =
        format.stream().apply(exchange.requestId(), answer.head().servedBy());
    StreamWriter writer = new StreamWriter(exchange, answer, translation, keepAlive);
    if (!writer.late) {
      AnswerWriter.streamHead(exchange, answer.head(), format.streamType());
      keepAlive.start();
      exchange.cancellation().onCancel(keepAlive::stop);
    }
    answer.end().onSuccess(end -> writer.totals = end.totals());
    writer.start();
  }

  private void start() {
    exchange.endsBy(this::failed);
    stream.exceptionHandler(this::broken);
    stream.endHandler(ended -> whole());
    stream.handler(this::chunk);
    stream.resume();
  }

  private void chunk(Buffer events) {
    write(translation.events(events));
    if (response.writeQueueFull()) {
      stream.pause();
      response.drainHandler(drained -> stream.resume());
    }
  }

  private void broken(Throwable cause) {
    failed(InferenceException.failureOf(cause));
  }

  private void failed(Failure failure) {
    if (!answer.head().mediaType().isEmpty()) {
      // No error fits into sound: half of it must not look like all.
      keepAlive.stop();
      exchange.breakOff();
      return;
    }
    try {
      if (!(failure instanceof Failure.Cancelled)) {
        Buffer own = translation.broken(failure);
        write(own == null ? exchange.errors().event().apply(failure) : own);
      }
      end();
    } catch (Throwable bug) {
      keepAlive.stop();
      exchange.breakOff();
    }
  }

  private void whole() {
    try {
      if (totals != null) {
        write(translation.closing(totals));
      }
      end();
    } catch (Throwable unproven) {
      broken(unproven);
    }
  }

  private void write(Buffer out) {
    if (out.length() > 0 && !response.closed() && !response.ended()) {
      response.write(out);
      keepAlive.wrote();
    }
  }

  private void end() {
    keepAlive.stop();
    if (response.closed() || response.ended()) {
      return;
    }
    if (late) {
      AnswerWriter.head(response.trailers(), answer.head());
    }
    if (totals != null) {
      AnswerWriter.settlement(response.trailers(), totals);
    }
    exchange.endStream();
  }
}
