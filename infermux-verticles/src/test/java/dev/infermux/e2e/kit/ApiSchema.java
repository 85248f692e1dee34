package dev.infermux.e2e.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** An answer as OpenAI's published API description has it. */
public final class ApiSchema {

  public static final ApiSchema CHAT = of("CreateChatCompletionResponse");
  public static final ApiSchema CHAT_CHUNK = of("CreateChatCompletionStreamResponse");
  public static final ApiSchema COMPLETION = of("CreateCompletionResponse");
  public static final ApiSchema EMBEDDINGS = of("CreateEmbeddingResponse");
  public static final ApiSchema ERROR = of("ErrorResponse");
  public static final ApiSchema MODEL = of("Model");
  public static final ApiSchema MODELS = of("ListModelsResponse");

  private final String name;
  private final JsonSchema schema;

  private ApiSchema(String name, JsonSchema schema) {
    this.name = name;
    this.schema = schema;
  }

  private static ApiSchema of(String name) {
    ObjectNode root = description().put("$ref", "#/$defs/" + name);
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    return new ApiSchema(name, factory.getSchema(root));
  }

  private static ObjectNode description() {
    try (InputStream file = ApiSchema.class.getResourceAsStream("/openai/api-answers.json")) {
      return (ObjectNode) new JsonMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails, listing what is wrong, unless this JSON is valid. */
  public void check(String json) {
    try {
      JsonNode node = new JsonMapper().readTree(json);
      assertThat(schema.validate(node)).as("%s: %s", name, json).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
