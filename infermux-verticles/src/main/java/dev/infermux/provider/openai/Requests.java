package dev.infermux.provider.openai;

import dev.infermux.inference.Call;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Secret;
import dev.infermux.provider.http.BaseUrl;
import dev.infermux.provider.http.UserAgent;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The heads of all requests to one provider, made once. They are built from nothing: no header of a
 * caller's can slip through.
 */
final class Requests {

  private static final String JSON = "application/json";
  private static final String EVENTS = "text/event-stream";
  private static final String MODELS = "/models";

  private final Map<Operation, RequestOptions> whole = new EnumMap<>(Operation.class);
  private final Map<Operation, RequestOptions> streamed = new EnumMap<>(Operation.class);
  private final RequestOptions models;

  Requests(BaseUrl baseUrl, @Nullable Secret apiKey) {
    MultiMap forWhole = headers(JSON, apiKey);
    MultiMap forStreamed = headers(EVENTS, apiKey);
    for (Operation operation : Operation.values()) {
      whole.put(operation, post(baseUrl, operation, forWhole));
      streamed.put(operation, post(baseUrl, operation, forStreamed));
    }
    MultiMap forModels = forWhole.copy(true).remove(HttpHeaders.CONTENT_TYPE).copy(false);
    models = to(baseUrl, HttpMethod.GET, MODELS, forModels);
  }

  RequestOptions to(Call call) {
    Map<Operation, RequestOptions> kind = call.stream() ? streamed : whole;
    RequestOptions request = kind.get(call.operation());
    if (request == null) {
      throw new IllegalStateException("every operation has its request");
    }
    return request;
  }

  /** The list of models, which costs nothing. */
  RequestOptions models() {
    return models;
  }

  private static RequestOptions post(BaseUrl baseUrl, Operation operation, MultiMap headers) {
    return to(baseUrl, HttpMethod.POST, operation.path(), headers);
  }

  private static RequestOptions to(
      BaseUrl baseUrl, HttpMethod method, String path, MultiMap headers) {
    return new RequestOptions()
        .setMethod(method)
        .setServer(baseUrl.server())
        .setHost(baseUrl.host())
        .setPort(baseUrl.port())
        .setSsl(baseUrl.tls())
        .setURI(baseUrl.target(path))
        .setFollowRedirects(false)
        .setHeaders(headers);
  }

  private static MultiMap headers(String accept, @Nullable Secret apiKey) {
    MultiMap headers =
        HttpHeaders.headers()
            .set(HttpHeaders.CONTENT_TYPE, HttpHeaders.createOptimized(JSON))
            .set(HttpHeaders.ACCEPT, HttpHeaders.createOptimized(accept))
            .set(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY)
            .set(HttpHeaders.USER_AGENT, HttpHeaders.createOptimized(UserAgent.NAME));
    if (apiKey != null) {
      headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + apiKey.reveal());
    }
    return headers.copy(false);
  }
}
