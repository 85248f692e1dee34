package dev.infermux.inbound.http;

import dev.infermux.dialect.openai.ErrorJson;
import dev.infermux.dialect.responses.ResponsesRequestBody;
import dev.infermux.dialect.responses.ResponsesStream;
import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inbound.auth.Credentials;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Operation;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** OpenAI's Responses API: responses, and those that their providers keep. */
final class ResponsesApi {

  static final String ROUTE = "/v1/responses";

  static final AnswerFormat FORMAT =
      AnswerFormat.of(Answer::bytes, (requestId, servedBy) -> new ResponsesStream());

  private static final String ALIAS = "/responses";

  private ResponsesApi() {}

  static FrontApi of(FrontApiServices services) {
    InferenceEndpoint create =
        new InferenceEndpoint(
            Operation.CHAT,
            services.maxBodyBytes(),
            (exchange, caller, bytes) ->
                CallFactory.call(
                    exchange, caller, ROUTE, Operation.CHAT, ResponsesRequestBody.scan(bytes)),
            FORMAT);
    StoredResponseEndpoint stored = new StoredResponseEndpoint(services.maxBodyBytes());
    HttpEndpoint post = new Post(create, stored);
    return new FrontApi(
        Credentials.BEARER,
        new ErrorFormat(ErrorJson::of, ResponsesStream::alone),
        List.of(
            HttpRoute.post(ROUTE, post).alsoAt(ALIAS).andBelow(),
            HttpRoute.get(ROUTE, stored).alsoAt(ALIAS).andBelow(),
            new HttpRoute(HttpMethod.DELETE, ROUTE, List.of(ALIAS), true, stored)));
  }

  /** Creates a response, or does something to one that is kept: its path decides. */
  private record Post(HttpEndpoint create, HttpEndpoint stored) implements HttpEndpoint {

    @Override
    public Operation operation() {
      return Operation.CHAT;
    }

    @Override
    public void serve(HttpExchange exchange, Caller caller) {
      (exchange.rest().isEmpty() ? create : stored).serve(exchange, caller);
    }
  }
}
