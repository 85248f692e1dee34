package dev.infermux.inbound.http;

import dev.infermux.dialect.StreamTranslation;
import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inbound.BodyReader;
import dev.infermux.inbound.RouterClient;
import dev.infermux.inbound.auth.Authenticator;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Operation;

/** The OpenAI-style inference routes, plain and streamed. */
final class OpenAiEndpoint implements HttpEndpoint {

  private final Operation operation;
  private final Authenticator authenticator;
  private final RouterClient router;
  private final long maxBodyBytes;

  OpenAiEndpoint(
      Operation operation, Authenticator authenticator, RouterClient router, long maxBodyBytes) {
    this.operation = operation;
    this.authenticator = authenticator;
    this.router = router;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public void serve(HttpExchange exchange) {
    Authenticator.Caller caller = authenticator.authenticate(exchange.request().headers());
    exchange.endWith(
        BodyReader.read(exchange.request(), maxBodyBytes)
            .map(bytes -> OpenAiRequestBody.scan(operation, bytes))
            .compose(body -> router.ask(CallFactory.openAi(exchange, caller, operation, body))),
        OpenAiEndpoint::write);
  }

  private static void write(HttpExchange exchange, Answer answer) {
    if (answer.streams()) {
      exchange.stream(answer, StreamTranslation.NONE);
    } else {
      exchange.whole(answer, answer.bytes());
    }
  }
}
