package dev.infermux.inbound.http;

import dev.infermux.dialect.StreamTranslation;
import dev.infermux.dialect.openai.ErrorJson;
import dev.infermux.dialect.openai.OpenAiPaths;
import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.dialect.openai.RelayedRequest;
import dev.infermux.inbound.auth.Credentials;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Operation;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OpenAI's API: inference, plain and streamed, and the list of models. */
final class OpenAiApi {

  static final ErrorFormat ERRORS = new ErrorFormat(ErrorJson::of, ErrorJson::event);

  private static final String VERSION = "/v1";
  private static final AnswerFormat FORMAT =
      AnswerFormat.of(Answer::bytes, (requestId, servedBy) -> StreamTranslation.NONE);

  private OpenAiApi() {}

  static FrontApi of(FrontApiServices services) {
    List<HttpRoute> routes = new ArrayList<>();
    for (Operation operation : OpenAiPaths.OPERATIONS) {
      routes.add(
          HttpRoute.post(
                  VERSION + OpenAiPaths.of(operation),
                  new InferenceEndpoint(
                      operation, services::maxBodyBytes, reader(operation), FORMAT))
              .alsoAt(OpenAiPaths.of(operation)));
    }
    OpenAiPaths.RELAYED.forEach(
        (path, operation) ->
            routes.add(
                HttpRoute.post(
                        VERSION + path,
                        new InferenceEndpoint(
                            operation, services::maxBodyBytes, relay(path, operation), FORMAT))
                    .alsoAt(path)));
    ModelsEndpoint models = new ModelsEndpoint(services.providers(), services.startedSeconds());
    routes.add(
        HttpRoute.get(VERSION + "/models", models)
            .alsoAt("/models")
            // Anthropic's clients add the version to whatever base URL they have.
            .alsoAt(VERSION + VERSION + "/models")
            .andBelow());
    return new FrontApi(OpenAiApi::presented, ERRORS, routes);
  }

  /** The list of models is where Anthropic's clients look as well. */
  private static @Nullable String presented(MultiMap headers) {
    return ModelsEndpoint.isAnthropic(headers)
        ? Credentials.ANTHROPIC.presented(headers)
        : Credentials.OPENAI.presented(headers);
  }

  private static CallReader relay(String path, Operation operation) {
    return (exchange, caller, bytes) -> {
      String type = exchange.request().getHeader(HttpHeaders.CONTENT_TYPE);
      RelayedRequest body = RelayedRequest.scan(operation, path, type, bytes);
      return CallFactory.call(exchange, caller, VERSION + path, operation, body);
    };
  }

  private static CallReader reader(Operation operation) {
    String route = VERSION + OpenAiPaths.of(operation);
    return (exchange, caller, bytes) ->
        CallFactory.call(
            exchange, caller, route, operation, OpenAiRequestBody.scan(operation, bytes));
  }
}
