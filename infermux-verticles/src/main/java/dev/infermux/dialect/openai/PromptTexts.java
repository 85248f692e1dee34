package dev.infermux.dialect.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.inference.Operation;
import dev.infermux.inference.RequestBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The texts of a request that a scan has found to be sound; for providers that answer by them. */
public final class PromptTexts {

  private static final JsonMapper MAPPER =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(100_000_000).build())
              .build());

  private final Operation operation;
  private final JsonNode body;

  private PromptTexts(Operation operation, JsonNode body) {
    this.operation = operation;
    this.body = body;
  }

  public static PromptTexts of(Operation operation, RequestBody body) {
    try {
      return new PromptTexts(operation, MAPPER.readTree(body.bytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("a scanned body must parse", e);
    }
  }

  /** The last message, or the last prompt, where a list of tokens is one prompt. */
  public String last() {
    if (operation == Operation.CHAT) {
      return lastMessage();
    }
    List<String> prompts = texts(body.path("prompt"));
    return prompts.isEmpty() ? "" : prompts.get(prompts.size() - 1);
  }

  /** The last message, or the last item of a prompt, were it a token. */
  public String lastItem() {
    if (operation == Operation.CHAT) {
      return lastMessage();
    }
    JsonNode prompt = body.path("prompt");
    return text(prompt.isArray() ? prompt.path(prompt.size() - 1) : prompt);
  }

  /** What is to be embedded; empty for other operations. */
  public List<String> inputs() {
    return operation == Operation.EMBEDDINGS ? texts(body.path("input")) : List.of();
  }

  /** How long the vectors are to be, or {@code otherwise} where nothing is said. */
  public int dimensions(int otherwise) {
    return body.path("dimensions").asInt(otherwise);
  }

  /** Whether vectors are wanted as base64. */
  public boolean base64() {
    return body.path("encoding_format").asText("").equals("base64");
  }

  private String lastMessage() {
    JsonNode messages = body.path("messages");
    JsonNode content = messages.path(messages.size() - 1).path("content");
    if (content.isTextual()) {
      return content.textValue();
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      text.append(part.path("text").asText(""));
    }
    return text.toString();
  }

  /** A text, texts, a list of token numbers, or lists of them. */
  private static List<String> texts(JsonNode input) {
    List<String> texts = new ArrayList<>();
    boolean several = input.isArray() && !input.path(0).isNumber();
    for (JsonNode one : several ? input : List.of(input)) {
      if (!one.isMissingNode()) {
        texts.add(text(one));
      }
    }
    return texts;
  }

  private static String text(JsonNode one) {
    return one.isTextual() ? one.textValue() : one.toString();
  }
}
