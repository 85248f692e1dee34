package dev.infermux.inbound.http;

import dev.infermux.inbound.AnswerIdentity;
import dev.infermux.inbound.HeaderText;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
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

  /** Puts a call to the router once it is read, and ends its exchange with what comes of it. */
  static void answer(HttpExchange exchange, Future<Call> read, AnswerFormat format) {
    read.onSuccess(
            call -> {
              try {
                ask(exchange, call, format);
              } catch (Throwable bug) {
                exchange.cancellation().cancel();
                exchange.fail(bug);
              }
            })
        .onFailure(exchange::fail);
  }

  private static void ask(HttpExchange exchange, Call call, AnswerFormat format) {
    if (HeldHead.suits(call)) {
      HeldHead.ask(exchange, call, format);
    } else {
      endWith(exchange, exchange.ask(call), format);
    }
  }

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
          } catch (Throwable e) {
            exchange.cancellation().cancel();
            served.undelivered();
            exchange.fail(e);
          }
        });
  }

  private static void write(HttpExchange exchange, Answer answer, AnswerFormat format) {
    if (answer.streams()) {
      // A stream of bytes need not be one of events.
      StreamWriter.relay(exchange, answer, format, KeepAlive.of(exchange, KeepAlive.SILENT));
    } else {
      whole(exchange, answer, format);
    }
  }

  /** Sends a whole answer. */
  static void whole(HttpExchange exchange, Answer answer, AnswerFormat format) {
    Buffer body = format.whole().apply(answer);
    HttpServerResponse response = exchange.response();
    if (response.headWritten() || response.closed()) {
      return;
    }
    head(response.headers(), answer.head());
    settlement(response.headers(), answer.end().result().totals());
    String mediaType = answer.head().mediaType();
    exchange.answer(200, mediaType.isEmpty() ? AnswerHeaders.JSON : mediaType, body);
  }

  /** Sets up the head of a stream. */
  static void streamHead(HttpExchange exchange, Answer.Head head, CharSequence type) {
    streamHead(
        exchange, head.mediaType().isEmpty() ? type : head.mediaType(), AnswerHeaders.TRAILERS);
    head(exchange.response().headers(), head);
  }

  /** Sets up the head of a stream of which nothing is known yet: its trailers will tell. */
  static void earlyHead(HttpExchange exchange, CharSequence type) {
    streamHead(exchange, type, AnswerHeaders.LATE_TRAILERS);
  }

  private static void streamHead(HttpExchange exchange, CharSequence type, CharSequence trailers) {
    MultiMap headers = exchange.response().headers();
    headers.set(HttpHeaders.CONTENT_TYPE, type);
    headers.set(HttpHeaders.CACHE_CONTROL, AnswerHeaders.NO_CACHE);
    headers.set(AnswerHeaders.ACCEL_BUFFERING, AnswerHeaders.NO);
    AnswerIdentity.set(headers, exchange.requestId(), exchange.router());
    if (exchange.endsByClosing()) {
      // Vert.x sets what the caller has asked for just before.
      exchange
          .response()
          .headersEndHandler(head -> headers.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
    } else {
      exchange.response().setChunked(true);
      headers.set(AnswerHeaders.TRAILER, trailers);
    }
  }

  /** What is known only at the end: headers of a whole answer, trailers of a stream. */
  static void settlement(MultiMap headers, CallTotals totals) {
    headers.set(AnswerHeaders.LATENCY_MS, Long.toString(totals.latencyMillis()));
    headers.set(AnswerHeaders.COST, totals.cost().amount().toDecimal());
    headers.set(AnswerHeaders.PROMPT_TOKENS, Long.toString(totals.usage().promptTokens()));
    headers.set(AnswerHeaders.COMPLETION_TOKENS, Long.toString(totals.usage().completionTokens()));
  }

  /** What is known when an answer begins. */
  static void head(MultiMap headers, Answer.Head head) {
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
