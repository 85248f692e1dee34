package dev.infermux.inbound.http;

import dev.infermux.dialect.mist.InferChunks;
import dev.infermux.dialect.mist.InferRequestReader;
import dev.infermux.dialect.mist.InferResponses;
import dev.infermux.inbound.BodyReader;
import dev.infermux.inbound.RouterClient;
import dev.infermux.inbound.auth.Authenticator;
import dev.infermux.inference.Answer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;

/** {@code POST /infer}: a bare InferRequest, answered bare or, if asked for, as a stream. */
final class InferEndpoint implements HttpEndpoint {

  private static final String EVENT_STREAM = "text/event-stream";

  private final Authenticator authenticator;
  private final RouterClient router;
  private final long maxBodyBytes;

  InferEndpoint(Authenticator authenticator, RouterClient router, long maxBodyBytes) {
    this.authenticator = authenticator;
    this.router = router;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public void serve(HttpExchange exchange) {
    Authenticator.Caller caller = authenticator.authenticate(exchange.request().headers());
    String accept = exchange.request().getHeader(HttpHeaders.ACCEPT);
    boolean stream = accept != null && accept.contains(EVENT_STREAM);
    exchange.endWith(
        BodyReader.read(exchange.request(), maxBodyBytes)
            .map(bytes -> InferRequestReader.of(bytes, caller.attribution(), stream))
            .compose(infer -> router.ask(CallFactory.mist(exchange, caller, "/infer", infer))),
        InferEndpoint::write);
  }

  private static void write(HttpExchange exchange, Answer answer) {
    if (answer.streams()) {
      exchange.stream(answer, new InferChunks(exchange.requestId(), answer.head().servedBy()));
    } else {
      exchange.whole(answer, Buffer.buffer(InferResponses.of(answer).json()));
    }
  }
}
