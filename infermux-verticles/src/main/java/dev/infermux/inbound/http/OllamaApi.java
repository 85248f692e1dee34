package dev.infermux.inbound.http;

import dev.infermux.dialect.StreamTranslation;
import dev.infermux.dialect.ollama.OllamaEndpoint;
import dev.infermux.dialect.ollama.OllamaErrorJson;
import dev.infermux.dialect.ollama.OllamaRequestBody;
import dev.infermux.inbound.auth.Credentials;
import dev.infermux.inference.Answer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Ollama's API: inference, plain and streamed, and what its clients ask of a server. */
final class OllamaApi {

  static final ErrorFormat ERRORS = new ErrorFormat(OllamaErrorJson::of, OllamaErrorJson::line);

  private static final CharSequence LINES = HttpHeaders.createOptimized("application/x-ndjson");

  private static final AnswerFormat FORMAT =
      new AnswerFormat(
          Answer::bytes,
          (requestId, servedBy) -> StreamTranslation.NONE,
          LINES,
          // Every line is an object that clients take for a part of the answer.
          KeepAlive.SILENT);

  /** The server whose API this is: clients refuse to speak to older ones. */
  private static final String VERSION = "0.13.3";

  private OllamaApi() {}

  static FrontApi of(FrontApiServices services) {
    List<HttpRoute> routes = new ArrayList<>();
    for (OllamaEndpoint endpoint : OllamaEndpoint.values()) {
      routes.add(
          HttpRoute.post(
              endpoint.path(),
              new InferenceEndpoint(
                  endpoint.operation(), services::maxBodyBytes, reader(endpoint), FORMAT)));
    }
    OllamaModels models = new OllamaModels(services);
    routes.add(HttpRoute.get("/api/tags", models::tags));
    routes.add(HttpRoute.post("/api/show", models::show));
    routes.add(HttpRoute.get("/api/ps", json(new JsonObject().put("models", new JsonArray()))));
    routes.add(HttpRoute.get("/api/version", json(new JsonObject().put("version", VERSION))));
    return new FrontApi(Credentials.BEARER, ERRORS, routes);
  }

  private static HttpEndpoint json(JsonObject body) {
    return (exchange, caller) -> exchange.json(200, body.toBuffer());
  }

  private static CallReader reader(OllamaEndpoint endpoint) {
    return (exchange, caller, bytes) ->
        CallFactory.call(
            exchange,
            caller,
            endpoint.path(),
            endpoint.operation(),
            OllamaRequestBody.scan(endpoint, bytes));
  }
}
