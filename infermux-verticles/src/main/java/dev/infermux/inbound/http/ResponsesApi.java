package dev.infermux.inbound.http;

import dev.infermux.dialect.openai.ErrorJson;
import dev.infermux.dialect.responses.ResponsesEndpoint;
import dev.infermux.dialect.responses.ResponsesRequestBody;
import dev.infermux.dialect.responses.ResponsesStream;
import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inbound.auth.Credentials;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Operation;
import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** OpenAI's Responses API: responses, and those that their providers keep. */
final class ResponsesApi {

  static final String ROUTE = "/v1/responses";

  static final AnswerFormat FORMAT =
      AnswerFormat.of(Answer::bytes, (requestId, servedBy) -> new ResponsesStream());

  private static final String ALIAS = "/responses";

  private ResponsesApi() {}

  static FrontApi of(FrontApiServices services) {
    StoredResponseEndpoint stored = new StoredResponseEndpoint(services::maxBodyBytes);
    Map<String, HttpEndpoint> made = new HashMap<>();
    for (ResponsesEndpoint endpoint : ResponsesEndpoint.values()) {
      made.put(endpoint.path(), made(endpoint, services::maxBodyBytes));
    }
    HttpEndpoint post = new Post(Map.copyOf(made), stored);
    return new FrontApi(
        Credentials.OPENAI,
        new ErrorFormat(ErrorJson::of, ResponsesStream::alone),
        List.of(
            HttpRoute.post(ROUTE, post).alsoAt(ALIAS).andBelow(),
            HttpRoute.get(ROUTE, stored).alsoAt(ALIAS).andBelow(),
            new HttpRoute(HttpMethod.DELETE, ROUTE, List.of(ALIAS), true, stored)));
  }

  private static HttpEndpoint made(ResponsesEndpoint endpoint, LongSupplier maxBodyBytes) {
    String route = ROUTE + endpoint.path();
    Operation operation = endpoint.operation();
    CallReader reader =
        (exchange, caller, bytes) ->
            CallFactory.call(
                exchange, caller, route, operation, ResponsesRequestBody.scan(endpoint, bytes));
    return new InferenceEndpoint(operation, maxBodyBytes, reader, FORMAT);
  }

  /**
   * Takes a body, or does something to a response that is kept: its path decides.
   *
   * @param made what takes a body, by the rest of its path with its slash
   */
  private record Post(Map<String, HttpEndpoint> made, HttpEndpoint stored) implements HttpEndpoint {

    @Override
    public Operation operation() {
      return Operation.CHAT;
    }

    @Override
    public void serve(HttpExchange exchange, Caller caller) {
      String rest = exchange.rest().isEmpty() ? "" : "/" + exchange.rest();
      made.getOrDefault(rest, stored).serve(exchange, caller);
    }
  }
}
