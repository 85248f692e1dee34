package dev.infermux.mock;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Operation;
import dev.infermux.inference.RequestBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a mock is asked.
 *
 * @param model as the request to the mock names it
 * @param showsUsage whether a stream ends with its usage
 * @param maxTokens negative = as many as it takes
 * @param choices how many answers are wanted
 * @param lastText the last message, or the last prompt
 * @param promptTokens one for every four characters of all that was said
 * @param inputs what is to be embedded; empty for other operations
 * @param json the whole body
 */
public record MockCall(
    Operation operation,
    String model,
    boolean stream,
    boolean showsUsage,
    long maxTokens,
    int choices,
    String lastText,
    long promptTokens,
    List<String> inputs,
    JsonNode json) {

  private static final int MOST_CHOICES = 128;

  private static final JsonMapper MAPPER =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(100_000_000).build())
              .build());

  /** What asks for no inference. */
  public static final MockCall NONE =
      new MockCall(
          Operation.CHAT, "", false, false, -1, 1, "", 0, List.of(), NullNode.getInstance());

  public MockCall {
    inputs = List.copyOf(inputs);
  }

  /** Reads a body that a scan has found to be sound. */
  public static MockCall of(Operation operation, RequestBody body, String model) {
    JsonNode json = tree(body.bytes());
    BodyFacts facts = body.facts();
    return new MockCall(
        operation,
        model,
        facts.stream() && operation != Operation.EMBEDDINGS,
        facts.showsUsage(),
        facts.maxTokens(),
        (int) Math.max(1, Math.min(MOST_CHOICES, facts.choices())),
        lastText(operation, json),
        (facts.textLength() + 3) / 4,
        operation == Operation.EMBEDDINGS ? texts(json.path("input")) : List.of(),
        json);
  }

  private static String lastText(Operation operation, JsonNode json) {
    if (operation == Operation.CHAT) {
      JsonNode messages = json.path("messages");
      return text(messages.path(messages.size() - 1).path("content"));
    }
    List<String> prompts = texts(json.path("prompt"));
    return prompts.isEmpty() ? "" : prompts.get(prompts.size() - 1);
  }

  private static String text(JsonNode content) {
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
        texts.add(one.isTextual() ? one.textValue() : one.toString());
      }
    }
    return texts;
  }

  private static JsonNode tree(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException("a scanned body must parse", e);
    }
  }
}
