package dev.infermux.config;

import dev.infermux.config.tree.Substitution;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A file with one provider, as an item of {@code providers} has it, or as their only one. */
public final class ProviderFile {

  private static final String PROVIDERS = "providers";

  private ProviderFile() {}

  /**
   * Reads it with the variables of the environment in their places; what its keys mean is not
   * checked.
   *
   * @return fails with an {@link IllegalArgumentException} that has all that is wrong
   */
  public static Future<JsonObject> read(Vertx vertx, Path file, Map<String, String> environment) {
    return ConfigReader.yaml(vertx, file)
        .map(yaml -> filled(file, yaml, environment))
        .recover(
            cause ->
                Future.failedFuture(
                    cause instanceof IllegalArgumentException
                        ? cause
                        : new IllegalArgumentException(file + ": " + cause.getMessage(), cause)));
  }

  private static JsonObject filled(Path file, JsonObject yaml, Map<String, String> environment) {
    Substitution substitution = new Substitution(environment);
    JsonObject filled = (JsonObject) filled(single(file, yaml), substitution);
    List<String> problems =
        Stream.concat(
                substitution.failures().stream(),
                substitution.unset().stream().map(name -> "${" + name + "} is not set"))
            .toList();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(file + ": " + String.join("; ", problems));
    }
    return filled;
  }

  private static JsonObject single(Path file, JsonObject yaml) {
    if (!yaml.containsKey(PROVIDERS)) {
      return yaml;
    }
    if (yaml.getValue(PROVIDERS) instanceof JsonArray all
        && all.size() == 1
        && all.getValue(0) instanceof JsonObject only) {
      return only;
    }
    throw new IllegalArgumentException(
        file + ": providers: not one item (expected: one provider, or the keys of one)");
  }

  private static Object filled(Object value, Substitution substitution) {
    if (value instanceof String text) {
      return substitution.fill(text);
    } else if (value instanceof JsonObject object) {
      JsonObject filled = new JsonObject();
      object.forEach(entry -> filled.put(entry.getKey(), filled(entry.getValue(), substitution)));
      return filled;
    } else if (value instanceof JsonArray array) {
      JsonArray filled = new JsonArray();
      array.forEach(item -> filled.add(filled(item, substitution)));
      return filled;
    }
    return value;
  }
}
