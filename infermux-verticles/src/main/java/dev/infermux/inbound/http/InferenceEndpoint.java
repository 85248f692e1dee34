package dev.infermux.inbound.http;

import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inference.Operation;
import java.util.function.LongSupplier;

/** Asks the router what a request asks, and writes its answer: all that differs is a value. */
record InferenceEndpoint(
    Operation operation, LongSupplier maxBodyBytes, CallReader reader, AnswerFormat format)
    implements HttpEndpoint {

  @Override
  public void serve(HttpExchange exchange, Caller caller) {
    AnswerWriter.answer(
        exchange,
        exchange.body(maxBodyBytes.getAsLong()).map(bytes -> reader.read(exchange, caller, bytes)),
        format);
  }
}
