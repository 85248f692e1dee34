package dev.infermux.inbound.http;

import dev.infermux.inbound.ProviderRow;
import dev.infermux.inbound.RouterClient;
import dev.infermux.inbound.http.auth.Gate;
import dev.infermux.inbound.http.options.HttpOptions;
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
 * What the HTTP doors of all cells share, and how one of them is put together.
 *
 * @param providers the providers of the moment, in declared order
 * @param management serves {@code /_infermux/*}, or null where another listener does
 */
public record HttpDoors(
    HttpOptions options,
    Supplier<List<ProviderRow>> providers,
    Supplier<HealthPong> pong,
    long startedSeconds,
    @Nullable Handler<HttpServerRequest> management) {

  /** The door of the cell whose router this is. */
  public HttpDoor door(RouterClient router) {
    Gate gate = new Gate(options.auth());
    long maxBody = options.limits().maxBodyBytes();
    Map<String, HttpDoor.Route> routes = new HashMap<>();
    for (Operation operation : Operation.values()) {
      routes.put(
          "/v1" + operation.path(), post(new OpenAiEndpoint(operation, gate, router, maxBody)));
    }
    HttpDoor.Route models = get(new ModelsEndpoint(gate, providers, startedSeconds));
    routes.put(ModelsEndpoint.PREFIX, models);
    routes.put("/providers", get(new ProvidersEndpoint(gate, providers)));
    routes.put("/infer", post(new InferEndpoint(gate, router, maxBody)));
    routes.put("/mist", post(new MistEndpoint(gate, router, maxBody, pong)));
    return new HttpDoor(routes, models, management);
  }

  private static HttpDoor.Route get(Endpoint endpoint) {
    return new HttpDoor.Route(HttpMethod.GET, endpoint);
  }

  private static HttpDoor.Route post(Endpoint endpoint) {
    return new HttpDoor.Route(HttpMethod.POST, endpoint);
  }
}
