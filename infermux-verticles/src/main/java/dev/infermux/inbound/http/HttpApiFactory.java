package dev.infermux.inbound.http;

import dev.infermux.inbound.ListedProvider;
import dev.infermux.inbound.RouterClient;
import dev.infermux.inbound.auth.Authenticator;
import dev.infermux.inference.Operation;
import dev.infermux.mist.HealthPong;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP APIs of all cells share, and how one of them is put together.
 *
 * @param providers the providers of the moment, in declared order
 * @param management serves {@code /_infermux/*}, or null where another listener does
 */
public record HttpApiFactory(
    HttpOptions options,
    Supplier<List<ListedProvider>> providers,
    Supplier<HealthPong> pong,
    long startedSeconds,
    @Nullable Handler<HttpServerRequest> management) {

  /** The API of the cell whose router this is. */
  public HttpApi api(RouterClient router) {
    Authenticator authenticator = new Authenticator(options.auth());
    long maxBody = options.limits().maxBodyBytes();
    Map<String, HttpApi.Route> routes = new HashMap<>();
    for (Operation operation : Operation.values()) {
      routes.put(
          "/v1" + operation.path(),
          post(new OpenAiEndpoint(operation, authenticator, router, maxBody)));
    }
    HttpApi.Route models = get(new ModelsEndpoint(authenticator, providers, startedSeconds));
    routes.put(ModelsEndpoint.PREFIX, models);
    routes.put("/providers", get(new ProviderListEndpoint(authenticator, providers)));
    routes.put("/infer", post(new InferEndpoint(authenticator, router, maxBody)));
    routes.put("/mist", post(new MistEndpoint(authenticator, router, maxBody, pong)));
    return new HttpApi(routes, models, management);
  }

  private static HttpApi.Route get(HttpEndpoint endpoint) {
    return new HttpApi.Route(HttpMethod.GET, endpoint);
  }

  private static HttpApi.Route post(HttpEndpoint endpoint) {
    return new HttpApi.Route(HttpMethod.POST, endpoint);
  }
}
