package dev.infermux.inbound.http;

import dev.infermux.inbound.ListedProvider;
import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code GET /v1/models} and {@code /v1/models/{id}}: every name that this caller may ask for. */
final class ModelsEndpoint implements HttpEndpoint {

  private final Supplier<List<ListedProvider>> providers;
  private final long createdSeconds;

  ModelsEndpoint(Supplier<List<ListedProvider>> providers, long createdSeconds) {
    this.providers = providers;
    this.createdSeconds = createdSeconds;
  }

  @Override
  public void serve(HttpExchange exchange, Caller caller) {
    boolean anthropic = isAnthropic(exchange.request().headers());
    Map<String, JsonObject> models = models(anthropic, caller);
    if (!exchange.rest().isEmpty()) {
      exchange.json(200, one(models, exchange.rest()));
      return;
    }
    JsonObject list = anthropic ? page(List.copyOf(models.keySet())) : new JsonObject();
    list.put("data", new JsonArray(List.copyOf(models.values())));
    exchange.json(200, (anthropic ? list : list.put("object", "list")).toBuffer());
  }

  /** Whether a client of Anthropic's asks, which expects its own vendor's shape. */
  static boolean isAnthropic(MultiMap headers) {
    return headers.contains("anthropic-version");
  }

  private static JsonObject page(List<String> ids) {
    return new JsonObject()
        .put("first_id", ids.isEmpty() ? null : ids.get(0))
        .put("last_id", ids.isEmpty() ? null : ids.get(ids.size() - 1))
        .put("has_more", false);
  }

  private static Buffer one(Map<String, JsonObject> models, String encodedId) {
    String id = decoded(encodedId);
    JsonObject model = models.get(id);
    if (model == null) {
      throw new InferenceException(
          new Failure.ModelNotFound(
              "model: \""
                  + id
                  + "\" is served by no configured provider that this caller may ask;"
                  + " GET /v1/models lists all"));
    }
    return model.toBuffer();
  }

  /** The first provider that lists a name owns it. */
  private Map<String, JsonObject> models(boolean anthropic, Caller caller) {
    Map<String, JsonObject> models = new LinkedHashMap<>();
    for (ListedProvider provider : ListedProvider.visible(providers.get(), caller::mayAskFor)) {
      for (String model : provider.models()) {
        models.computeIfAbsent(
            model, id -> anthropic ? describe(id) : describe(id, provider.name()));
      }
    }
    return models;
  }

  private JsonObject describe(String id) {
    return new JsonObject()
        .put("type", "model")
        .put("id", id)
        .put("display_name", id)
        .put("created_at", Instant.ofEpochSecond(createdSeconds).toString());
  }

  private JsonObject describe(String id, String owner) {
    return new JsonObject()
        .put("id", id)
        .put("object", "model")
        .put("created", createdSeconds)
        .put("owned_by", owner);
  }

  /** Ids may hold a slash and then arrive with {@code %2F}; a plus is a plus. */
  private static String decoded(String id) {
    try {
      return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InferenceException(
          new Failure.InvalidRequest("path: a broken percent escape in the model's id", null));
    }
  }
}
