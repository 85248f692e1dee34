package dev.infermux.config;

import dev.infermux.config.tree.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a provider that all nodes shall have. Where they are kept others read them, so
 * that they are named and not written: {@code ${NAME_API_KEY}} is a variable of each node. Other
 * variables are out of reach of those who may send a provider, and a dollar elsewhere is a dollar.
 */
final class SharedSecrets {

  private static final String EXPECTED =
      "${…_API_KEY}, a variable that each node has, since all nodes read what is stored";
  private static final Pattern VARIABLE =
      Pattern.compile("(?:[A-Za-z]+ )?\\$\\{([A-Za-z_][A-Za-z0-9_]*_API_KEY)}");

  private final Map<String, String> environment;
  private final List<Problem> problems = new ArrayList<>();

  SharedSecrets(Map<String, String> environment) {
    this.environment = environment;
  }

  List<Problem> problems() {
    return problems;
  }

  /** The block as a file would have it. */
  JsonObject checked(JsonObject block) {
    JsonObject all = new JsonObject();
    for (String key : block.fieldNames()) {
      Object value = block.getValue(key);
      String path = "providers[0]." + key;
      switch (key) {
        case "api_key" -> all.put(key, credential(path, value));
        case "headers" ->
            all.put(
                key, value instanceof JsonObject headers ? headers(path, headers) : plain(value));
        case "proxy" -> all.put(key, proxy(path, value));
        default -> all.put(key, plain(value));
      }
    }
    return all;
  }

  private JsonObject headers(String path, JsonObject headers) {
    JsonObject all = new JsonObject();
    for (String name : headers.fieldNames()) {
      Object value = headers.getValue(name);
      all.put(name, secret(name) ? credential(path + "." + name, value) : plain(value));
    }
    return all;
  }

  private @Nullable Object credential(String path, @Nullable Object value) {
    if (!(value instanceof String text) || text.isEmpty()) {
      return plain(value);
    }
    Matcher variable = VARIABLE.matcher(text);
    if (!variable.matches()) {
      wrong(path, "a credential that is not such a variable", EXPECTED);
    } else if (environment.getOrDefault(variable.group(1), "").isEmpty()) {
      String name = variable.group(1);
      wrong(path, "${" + name + "} is not set at this node", "the variable " + name);
    }
    return text;
  }

  private @Nullable Object proxy(String path, @Nullable Object value) {
    if (value instanceof String url && url.contains("@")) {
      wrong(path, "a URL with a password", "one without, since all nodes read what is stored");
    }
    return plain(value);
  }

  private void wrong(String path, String found, String expected) {
    problems.add(
        new Problem(path, found, expected, path + ": " + found + " (expected: " + expected + ")"));
  }

  private static boolean secret(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return List.of("auth", "key", "token", "secret", "cookie").stream().anyMatch(name::contains);
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof JsonObject || value instanceof JsonArray) {
      String text = new JsonArray().add(value).encode().replace("$", "$$");
      return new JsonArray(text).getValue(0);
    }
    return value instanceof String text ? text.replace("$", "$$") : value;
  }
}
