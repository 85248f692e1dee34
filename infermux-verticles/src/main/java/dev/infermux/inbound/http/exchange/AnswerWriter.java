package dev.infermux.inbound.http.exchange;

import dev.infermux.inbound.HeaderText;
import dev.infermux.inference.answer.Answer;
import dev.infermux.inference.answer.Route;
import dev.infermux.inference.answer.Settlement;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Writes answers with the routing headers of the API. */
final class AnswerWriter {

  private AnswerWriter() {}

  /** Sends a whole answer whose body may differ from the answer's own. */
  static void whole(Exchange exchange, Answer.Whole answer, Buffer body) {
    HttpServerResponse response = exchange.response();
    if (response.headWritten() || response.closed()) {
      return;
    }
    route(response.headers(), answer.route());
    settlement(response.headers(), answer.settlement());
    exchange.json(200, body);
  }

  /** Sends the head of a stream. */
  static void streamHead(Exchange exchange, Route route) {
    HttpServerResponse response = exchange.response();
    MultiMap headers = response.headers();
    response.setChunked(true);
    headers.set(HttpHeaders.CONTENT_TYPE, Names.EVENT_STREAM);
    headers.set(HttpHeaders.CACHE_CONTROL, Names.NO_CACHE);
    headers.set(Names.ACCEL_BUFFERING, Names.NO);
    headers.set(Names.TRAILER, Names.TRAILERS);
    headers.set(Names.REQUEST_ID, exchange.requestId());
    route(headers, route);
  }

  /** What is known only at the end: headers of a whole answer, trailers of a stream. */
  static void settlement(MultiMap headers, Settlement settled) {
    headers.set(Names.LATENCY_MS, Long.toString(settled.latencyMillis()));
    headers.set(Names.COST, settled.cost().amount().toDecimal());
    headers.set(Names.PROMPT_TOKENS, Long.toString(settled.usage().promptTokens()));
    headers.set(Names.COMPLETION_TOKENS, Long.toString(settled.usage().completionTokens()));
  }

  private static void route(MultiMap headers, Route route) {
    headers.set(Names.PROVIDER, route.provider());
    headers.set(Names.MODEL, HeaderText.of(route.model()));
    headers.set(Names.STRATEGY, route.strategy());
    if (!route.group().isEmpty()) {
      headers.set(Names.ROUTE_GROUP, HeaderText.of(route.group()));
    }
    if (!route.override().isEmpty()) {
      headers.set(Names.MODEL_OVERRIDE, HeaderText.of(route.override()));
    }
    if (route.loweredTo() > 0) {
      headers.set(Names.MAX_TOKENS, Long.toString(route.loweredTo()));
    }
    if (route.attempts() > 1) {
      headers.set(Names.ATTEMPTS, Integer.toString(route.attempts()));
    }
  }
}
