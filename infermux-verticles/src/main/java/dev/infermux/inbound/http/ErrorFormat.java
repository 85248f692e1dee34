package dev.infermux.inbound.http;

import dev.infermux.inference.Failure;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;

/**
 * The shape of one API's errors.
 *
 * @param body of an error response
 * @param event the last one of a stream that broke
 * @param requestIdHeader where else its clients look for the id of their request; empty = nowhere
 */
record ErrorFormat(
    Function<Failure, Buffer> body, Function<Failure, Buffer> event, String requestIdHeader) {

  ErrorFormat(Function<Failure, Buffer> body, Function<Failure, Buffer> event) {
    this(body, event, "");
  }
}
