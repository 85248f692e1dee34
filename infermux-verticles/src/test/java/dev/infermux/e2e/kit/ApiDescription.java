package dev.infermux.e2e.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The gateway's description of its own APIs, to which its answers are held. */
public final class ApiDescription {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private final ObjectNode document;
  private final Set<String> seen = new TreeSet<>();

  private ApiDescription(ObjectNode document) {
    this.document = document;
    strict(document.at("/components/schemas"));
  }

  /** Of this text; objects may then have only the properties that are described. */
  public static ApiDescription of(String text) {
    return new ApiDescription((ObjectNode) tree(text));
  }

  /**
   * One way to ask.
   *
   * @param path with {@code {name}} for what varies
   */
  public record Operation(String method, String path, JsonNode json) {

    @Override
    public String toString() {
      return method + " " + path;
    }

    private boolean at(String method, String asked) {
      return this.method.equals(method) && asked.matches(path.replaceAll("\\{\\w+}", "[^/]+"));
    }
  }

  /** All of them; one with two paths twice. */
  public List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        String name = method.getKey().toUpperCase(Locale.ROOT);
        all.add(new Operation(name, path.getKey(), method.getValue()));
        JsonNode alias = method.getValue().path("x-infermux-also-at");
        if (alias.isTextual()) {
          all.add(new Operation(name, alias.textValue(), method.getValue()));
        }
      }
    }
    return all;
  }

  /** The methods of a path without its query. */
  public Set<String> methods(String path) {
    return operations().stream()
        .filter(one -> one.at(one.method(), path))
        .map(Operation::method)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The paths, as they are written, of operations of which a success was checked. */
  public Set<String> seen() {
    return seen;
  }

  /** Fails, saying what is wrong, unless this answer is one that is described. */
  public void check(String method, String target, WireAnswer answer) {
    String path = target.replaceAll("\\?.*", "");
    Operation operation =
        operations().stream().filter(one -> exact(one, method, path)).findFirst().orElseThrow();
    JsonNode responses = operation.json().get("responses");
    JsonNode response =
        resolved(responses.path(String.valueOf(answer.status())), responses.get("default"));
    if (answer.status() < 300) {
      assertThat(responses.has(String.valueOf(answer.status()))).as(target + answer).isTrue();
      seen.add(operation.method() + " " + operation.path());
    }
    for (String header : answer.headers().keySet()) {
      if (header.toLowerCase(Locale.ROOT).startsWith("x-infermux")) {
        assertThat(document.at("/components/headers").has(header)).as(header).isTrue();
      }
    }
    body(target, response.get("content"), answer);
  }

  /** A path without braces wins over one with them. */
  private boolean exact(Operation one, String method, String path) {
    boolean literal = operations().stream().anyMatch(other -> other.path().equals(path));
    return literal ? one.method().equals(method) && one.path().equals(path) : one.at(method, path);
  }

  private void body(String target, JsonNode content, WireAnswer answer) {
    String type = String.valueOf(answer.header("content-type")).replaceAll(";.*", "").strip();
    JsonNode media = content.path(content.has(type) ? type : "*/*");
    assertThat(media.isMissingNode()).as("%s: %s is not described", target, type).isFalse();
    if (type.equals("application/json")) {
      ObjectNode schema = media.get("schema").deepCopy();
      schema.set("components", document.get("components"));
      assertThat(SCHEMAS.getSchema(schema).validate(tree(answer.body())))
          .as("%s: %s", target, answer.body())
          .isEmpty();
    }
  }

  /** Each line or event of a stream, by the schema of this name. */
  public void checkPart(String schema, String json) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("$ref", "#/components/schemas/" + schema)
        .set("components", document.get("components"));
    assertThat(SCHEMAS.getSchema(root).validate(tree(json))).as("%s: %s", schema, json).isEmpty();
  }

  private JsonNode resolved(JsonNode response, JsonNode otherwise) {
    JsonNode found = response.isMissingNode() ? otherwise : response;
    JsonNode reference = found.path("$ref");
    return reference.isTextual() ? document.at(reference.textValue().substring(1)) : found;
  }

  private static void strict(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    schema.forEach(ApiDescription::strict);
  }

  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }
}
