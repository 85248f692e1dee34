package dev.infermux.inbound.http;

import io.vertx.core.MultiMap;

/** Whose errors a caller reads where the route alone does not say it. */
final class ErrorFormats {

  private static final String OLLAMA = "/api/";
  private static final String MESSAGES = "/v1/messages/";

  private ErrorFormats() {}

  /** For a path of no route: those of the API that it is below, or whose client asks. */
  static ErrorFormat of(String normalPath, MultiMap headers) {
    if (normalPath.startsWith(OLLAMA)) {
      return OllamaApi.ERRORS;
    }
    return normalPath.startsWith(MESSAGES) || ModelsEndpoint.isAnthropic(headers)
        ? MessagesApi.ERRORS
        : OpenAiApi.ERRORS;
  }

  /** For a route: those of its API, but the list of models has the shape of whoever asks. */
  static ErrorFormat of(HttpApi.Target target, MultiMap headers) {
    return target.route().endpoint() instanceof ModelsEndpoint
        ? of(target.route().path(), headers)
        : target.api().errors();
  }
}
