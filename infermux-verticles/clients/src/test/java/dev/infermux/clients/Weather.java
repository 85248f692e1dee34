package dev.infermux.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** The tool that every client offers. */
final class Weather {

  static final Map<String, Object> PROPERTIES =
      Map.of(
          "city", Map.of("type", "string"),
          "unit", Map.of("type", "string", "enum", List.of("celsius", "fahrenheit")));

  static final Map<String, Object> SCHEMA =
      Map.of(
          "type",
          "object",
          "properties",
          PROPERTIES,
          "required",
          List.of("city", "unit"),
          "additionalProperties",
          false);

  private Weather() {}

  /** Fails unless these are arguments of it. */
  static void check(String arguments) {
    JsonObject given = new JsonObject(arguments);
    assertThat(given.getString("city")).isNotNull();
    assertThat(given.getString("unit")).isIn("celsius", "fahrenheit");
  }
}
