package dev.infermux.inbound.http;

import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inference.Operation;

/** Asks the router what a request asks, and writes its answer: all that differs is a value. */
record InferenceEndpoint(
    Operation operation, long maxBodyBytes, CallReader reader, AnswerFormat format)
    implements HttpEndpoint {

  @Override
  public void serve(HttpExchange exchange, Caller caller) {
    AnswerWriter.answer(
        exchange,
        exchange.body(maxBodyBytes).map(bytes -> reader.read(exchange, caller, bytes)),
        format);
  }
}
