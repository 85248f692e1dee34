package dev.infermux.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** All paths of keys, {@code []} standing for any item and {@code <>} for a key of the user's. */
final class Keys {
  /** Mappings of which the user chooses the keys. */
  private static final Set<String> FREE =
      Set.of(
          "pricing",
          "pricing.<>",
          "pricing.<>.<>.service_tiers",
          "providers[].model_aliases",
          "providers[].mock.models",
          "telemetry.otlp.headers",
          "exporters[].config");

  private Keys() {}

  static Set<String> ofSchema(JsonNode schema) {
    Set<String> paths = new TreeSet<>();
    collectSchema("", schema, paths);
    return paths;
  }

  static Set<String> ofFile(JsonNode file) {
    Set<String> paths = new TreeSet<>();
    collectFile("", file, paths);
    return paths;
  }

  private static void collectSchema(String path, JsonNode schema, Set<String> paths) {
    String prefix = path.isEmpty() ? "" : path + ".";
    boolean shared = path.equals("providers[].circuit_breaker");
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              if (!shared) {
                paths.add(prefix + property.getKey());
                collectSchema(prefix + property.getKey(), property.getValue(), paths);
              }
            });
    if (schema.path("items").isObject()) {
      collectSchema(path + "[]", schema.path("items"), paths);
    }
    if (schema.path("additionalProperties").asBoolean()) {
      paths.add(prefix + "<>"); // whatever stands there
    }
    if (schema.path("additionalProperties").isObject()) {
      collectSchema(prefix + "<>", schema.path("additionalProperties"), paths);
    }
    if (!schema.path("anyOf").isEmpty()) {
      collectSchema(path, schema.path("anyOf").path(0), paths);
    }
  }

  private static void collectFile(String path, JsonNode node, Set<String> paths) {
    String prefix = path.isEmpty() ? "" : path + ".";
    node.properties()
        .forEach(
            entry -> {
              String key = prefix + (FREE.contains(path) ? "<>" : entry.getKey());
              paths.add(key);
              collectFile(key, entry.getValue(), paths);
            });
    if (node.isArray()) {
      node.forEach(item -> collectFile(path + "[]", item, paths));
    }
  }
}
