package dev.infermux.inbound.http;

import dev.infermux.inbound.HeaderText;
import dev.infermux.inference.Answer;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Translation;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Writes answers with the routing headers of the API. */
final class AnswerWriter {

  private AnswerWriter() {}

  /** Ends an exchange with what comes of its call. */
  static void endWith(HttpExchange exchange, Future<Answer> answer, AnswerFormat format) {
    answer.onComplete(
        (served, cause) -> {
          if (cause != null) {
            exchange.fail(cause);
            return;
          }
          try {
            write(exchange, served, format);
          } catch (RuntimeException e) {
            exchange.cancellation().cancel();
            exchange.fail(e);
          }
        });
  }

  private static void write(HttpExchange exchange, Answer answer, AnswerFormat format) {
    if (answer.streams()) {
      StreamWriter.relay(exchange, answer, format);
    } else {
      whole(exchange, answer, format.whole().apply(answer));
    }
  }

  private static void whole(HttpExchange exchange, Answer answer, Buffer body) {
    HttpServerResponse response = exchange.response();
    if (response.headWritten() || response.closed()) {
      return;
    }
    head(response.headers(), answer.head());
    settlement(response.headers(), answer.end().result().totals());
    String mediaType = answer.head().mediaType();
    exchange.answer(200, mediaType.isEmpty() ? AnswerHeaders.JSON : mediaType, body);
  }

  /** Sends the head of a stream. */
  static void streamHead(HttpExchange exchange, Answer.Head head, CharSequence type) {
    HttpServerResponse response = exchange.response();
    MultiMap headers = response.headers();
    response.setChunked(true);
    headers.set(HttpHeaders.CONTENT_TYPE, head.mediaType().isEmpty() ? type : head.mediaType());
    headers.set(HttpHeaders.CACHE_CONTROL, AnswerHeaders.NO_CACHE);
    headers.set(AnswerHeaders.ACCEL_BUFFERING, AnswerHeaders.NO);
    headers.set(AnswerHeaders.TRAILER, AnswerHeaders.TRAILERS);
    headers.set(AnswerHeaders.REQUEST_ID, exchange.requestId());
    head(headers, head);
  }

  /** What is known only at the end: headers of a whole answer, trailers of a stream. */
  static void settlement(MultiMap headers, CallTotals totals) {
    headers.set(AnswerHeaders.LATENCY_MS, Long.toString(totals.latencyMillis()));
    headers.set(AnswerHeaders.COST, totals.cost().amount().toDecimal());
    headers.set(AnswerHeaders.PROMPT_TOKENS, Long.toString(totals.usage().promptTokens()));
    headers.set(AnswerHeaders.COMPLETION_TOKENS, Long.toString(totals.usage().completionTokens()));
  }

  private static void head(MultiMap headers, Answer.Head head) {
    route(headers, head.servedBy());
    Translation translation = head.translation();
    if (!translation.path().isEmpty()) {
      // An arrow is not ASCII, which is all that every client reads in a header.
      headers.set(AnswerHeaders.TRANSLATED, translation.path().replace("→", "->"));
    }
    if (!translation.dropped().isEmpty()) {
      headers.set(AnswerHeaders.DROPPED, HeaderText.of(String.join(", ", translation.dropped())));
    }
  }

  private static void route(MultiMap headers, ServedBy servedBy) {
    headers.set(AnswerHeaders.PROVIDER, servedBy.provider());
    headers.set(AnswerHeaders.MODEL, HeaderText.of(servedBy.model()));
    headers.set(AnswerHeaders.STRATEGY, servedBy.strategy());
    if (!servedBy.group().isEmpty()) {
      headers.set(AnswerHeaders.ROUTE_GROUP, HeaderText.of(servedBy.group()));
    }
    if (!servedBy.override().isEmpty()) {
      headers.set(AnswerHeaders.MODEL_OVERRIDE, HeaderText.of(servedBy.override()));
    }
    if (servedBy.loweredTo() > 0) {
      headers.set(AnswerHeaders.MAX_TOKENS, Long.toString(servedBy.loweredTo()));
    }
    if (servedBy.attempts() > 1) {
      headers.set(AnswerHeaders.ATTEMPTS, Integer.toString(servedBy.attempts()));
    }
  }
}
