package dev.infermux.inbound.management;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes the description of the APIs as a page to read. */
final class HttpReference {

  private static final String REFERENCE = "$ref";
  private static final String HEAD =
      """
      # Reference of the HTTP APIs

      Made from [openapi.json](../infermux-verticles/src/main/resources/dev/infermux/inbound/management/openapi.json),
      which a gateway serves at `GET /_infermux/openapi.json`; [api.md](api.md) explains it with examples. Tests hold
      the gateway to the description. `?` marks what may be missing, `…` that there may be more, `| null` that it may be
      null.

      """;

  private final JsonNode document;
  private final StringBuilder page = new StringBuilder(HEAD);

  private HttpReference(JsonNode document) {
    this.document = document;
  }

  /** The whole page. */
  static String of(JsonNode document) {
    HttpReference reference = new HttpReference(document);
    document.get("tags").forEach(tag -> reference.tag(tag));
    reference.page.append("## Objects\n");
    document
        .at("/components/schemas")
        .properties()
        .forEach(entry -> reference.object(entry.getKey(), entry.getValue()));
    reference.page.append("\n## Headers of answers\n\n| header | |\n|---|---|\n");
    document
        .at("/components/headers")
        .properties()
        .forEach(
            header ->
                reference.row(
                    "`" + header.getKey() + "`", header.getValue().get("description").asText()));
    return reference.page.toString();
  }

  private void tag(JsonNode tag) {
    page.append("## ").append(tag.get("name").asText()).append("\n\n");
    page.append(tag.get("description").asText());
    page.append("\n\n| request | | body | answer |\n|---|---|---|---|\n");
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (method.getValue().get("tags").get(0).equals(tag.get("name"))) {
          operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue());
        }
      }
    }
    page.append('\n');
  }

  private void operation(String method, String path, JsonNode operation) {
    String query =
        parameters(operation, "query").isEmpty()
            ? ""
            : "?" + String.join("&", parameters(operation, "query"));
    row(
        "`" + method + " " + path + query + "`",
        operation.get("summary").asText(),
        bodies(operation.path("requestBody").path("content")),
        bodies(operation.path("responses").path("200").path("content")));
  }

  private TreeSet<String> parameters(JsonNode operation, String place) {
    TreeSet<String> names = new TreeSet<>();
    for (JsonNode parameter : operation.path("parameters")) {
      JsonNode found =
          parameter.has(REFERENCE)
              ? document.at(parameter.get(REFERENCE).asText().substring(1))
              : parameter;
      if (found.get("in").asText().equals(place)) {
        names.add(found.get("name").asText());
      }
    }
    return names;
  }

  private static String bodies(JsonNode content) {
    Map<String, String> shown = new LinkedHashMap<>();
    content
        .properties()
        .forEach(
            media -> {
              String type = type(media.getValue().get("schema"));
              String of = media.getKey().equals("application/json") ? "" : media.getKey() + ": ";
              shown.putIfAbsent(type, of + (type.equals("string") ? "" : type));
            });
    return shown.values().stream()
        .map(text -> text.replaceAll(": $", ""))
        .collect(Collectors.joining(", "));
  }

  private void object(String name, JsonNode schema) {
    page.append("\n### ").append(name).append("\n\n");
    page.append(schema.path("description").asText(name + ".")).append('\n');
    if (schema.has("properties")) {
      page.append("\n| field | type | |\n|---|---|---|\n");
      fields("", schema);
    } else if (schema.has("items")) {
      page.append("\nIt is `").append(type(schema)).append("`.\n");
    }
  }

  /** Those of objects within it too, below their names. */
  private void fields(String above, JsonNode schema) {
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      boolean required = schema.path("required").toString().contains('"' + field.getKey() + '"');
      String name = above + field.getKey();
      JsonNode value = field.getValue();
      row(
          "`" + name + "`" + (required ? "" : "?"),
          type(value),
          value.path("description").asText());
      JsonNode inner = value.has("items") ? value.get("items") : value;
      fields(name + (value.has("items") ? "[]." : "."), inner);
      value.path("anyOf").forEach(one -> fields(name + ".", one));
    }
    if (schema.path("additionalProperties").asBoolean()) {
      row("`" + above + "…`", "", "");
    }
  }

  private static String type(JsonNode schema) {
    if (schema.has(REFERENCE)) {
      String name = schema.get(REFERENCE).asText().replaceAll(".*/", "");
      return "[" + name + "](#" + name.toLowerCase(Locale.ROOT) + ")";
    }
    if (schema.has("anyOf")) {
      StringBuilder all = new StringBuilder();
      schema.get("anyOf").forEach(one -> all.append(all.isEmpty() ? "" : " or ").append(type(one)));
      return all.toString();
    }
    if (schema.has("enum")) {
      StringBuilder all = new StringBuilder();
      schema
          .get("enum")
          .forEach(
              one ->
                  all.append(all.isEmpty() ? "" : " or ")
                      .append("`")
                      .append(one.asText())
                      .append("`"));
      return all.toString();
    }
    JsonNode type = schema.path("type");
    String text =
        type.isArray()
            ? type.toString().replaceAll("[\\[\\]\"]", "").replace(",", " or ")
            : type.asText("any");
    return schema.has("items") ? text + " of " + type(schema.get("items")) : text;
  }

  private void row(String... cells) {
    for (String cell : cells) {
      page.append("| ").append(cell.replace("|", "\\|")).append(' ');
    }
    page.append("|\n");
  }
}
