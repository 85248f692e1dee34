package dev.infermux.inbound.http;

import dev.infermux.inbound.ListedProvider;
import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The models as a server of Ollama's lists them. What is not known of a model elsewhere, such as
 * its size or its format, is empty or 0, of the type that clients read.
 */
final class OllamaModels {

  private static final long MOST_BYTES = 64 << 10;

  private final Supplier<List<ListedProvider>> providers;
  private final String modified;

  OllamaModels(FrontApiServices services) {
    this.providers = services.providers();
    this.modified = Instant.ofEpochSecond(services.startedSeconds()).toString();
  }

  /** {@code GET /api/tags}: every name that this caller may ask for. */
  void tags(HttpExchange exchange, Caller caller) {
    JsonArray models = new JsonArray();
    owners(caller).forEach((name, owner) -> models.add(listed(name, owner)));
    exchange.json(200, new JsonObject().put("models", models).toBuffer());
  }

  /** {@code POST /api/show}: what is known of one of them. */
  void show(HttpExchange exchange, Caller caller) {
    exchange
        .body(MOST_BYTES)
        .map(body -> shown(body, caller))
        .onSuccess(found -> exchange.json(200, found))
        .onFailure(exchange::fail);
  }

  private Buffer shown(byte[] body, Caller caller) {
    String name = name(body);
    String owner = owners(caller).get(name);
    if (owner == null) {
      throw new InferenceException(
          new Failure.ModelNotFound("model '" + name + "' not found; GET /api/tags lists all"));
    }
    return new JsonObject()
        .put("modelfile", "")
        .put("parameters", "")
        .put("template", "")
        .put("details", details(owner))
        .put("model_info", new JsonObject().put("general.basename", name))
        .put("capabilities", new JsonArray().add("completion").add("tools"))
        .put("modified_at", modified)
        .toBuffer();
  }

  /** {@code name} is what older clients call it. */
  private static String name(byte[] body) {
    try {
      JsonObject asked = new JsonObject(Buffer.buffer(body));
      Object name = asked.getValue("model", asked.getValue("name"));
      if (name instanceof String text && !text.isEmpty()) {
        return text;
      }
    } catch (DecodeException malformed) {
      throw new InferenceException(
          new Failure.InvalidRequest("request body: malformed (expected: a JSON object)", null));
    }
    throw new InferenceException(
        new Failure.InvalidRequest("model: missing (expected: a model's name)", "model"));
  }

  /** The first provider that lists a name owns it. */
  private Map<String, String> owners(Caller caller) {
    Map<String, String> owners = new LinkedHashMap<>();
    for (ListedProvider provider : ListedProvider.visible(providers.get(), caller::mayAskFor)) {
      for (String model : provider.models()) {
        owners.putIfAbsent(model, provider.name());
      }
    }
    return owners;
  }

  private JsonObject listed(String name, String owner) {
    return new JsonObject()
        .put("name", name)
        .put("model", name)
        .put("modified_at", modified)
        .put("size", 0)
        .put("digest", digest(name))
        .put("details", details(owner));
  }

  private static JsonObject details(String owner) {
    return new JsonObject()
        .put("parent_model", "")
        .put("format", "")
        .put("family", owner)
        .put("families", new JsonArray().add(owner))
        .put("parameter_size", "")
        .put("quantization_level", "");
  }

  /** Of the name: clients tell models apart by it. */
  private static String digest(String name) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
