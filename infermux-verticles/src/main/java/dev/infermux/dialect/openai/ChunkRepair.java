package dev.infermux.dialect.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.inference.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Brings chunks that some client would break on into the profile that all clients take, and writes
 * the usage chunk where a provider reported usage elsewhere. Only odd chunks come here: it builds a
 * tree.
 *
 * <p>The profile, found out with the official SDKs, LangChain4j, Spring AI and the AI SDK: every
 * chunk has {@code id}, {@code object}, {@code model} and a whole {@code created}; none has {@code
 * error: null}; a choice has its {@code index} and {@code delta}; the first delta of a choice, and
 * no other, names the role; {@code finish_reason} is never empty text; usage stands alone, after
 * the last choice.
 */
final class ChunkRepair {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final boolean chat;
  private final ChunkReader reader;
  private final ChoiceStates states;
  private final Identity fallback;
  private @Nullable JsonNode usage;

  /** A repair for one stream; what a chunk does not say of itself, earlier ones or fallback say. */
  ChunkRepair(boolean chat, ChunkReader reader, ChoiceStates states, Identity fallback) {
    this.chat = chat;
    this.reader = reader;
    this.states = states;
    this.fallback = fallback;
  }

  /** The chunk as every client takes it; usage beside choices is taken off and kept. */
  byte[] repaired(byte[] json, int from, int to) {
    ObjectNode chunk = tree(json, from, to);
    chunk.remove("error");
    head(chunk);
    if (!chunk.path("choices").isEmpty() && chunk.path("usage").isObject()) {
      usage = chunk.remove("usage");
    }
    reader.fragments().repair(chunk);
    int position = 0;
    for (JsonNode choice : chunk.path("choices")) {
      if (choice instanceof ObjectNode object) {
        choice(object, position);
      }
      position++;
    }
    return bytes(chunk);
  }

  /** The chunk that only holds the usage; the provider's own object where one was seen. */
  byte[] usageChunk(Usage counted) {
    ObjectNode chunk = MAPPER.createObjectNode();
    head(chunk);
    chunk.putArray("choices");
    ObjectNode counts = usage instanceof ObjectNode known ? known : MAPPER.createObjectNode();
    counts.put("prompt_tokens", counted.promptTokens());
    counts.put("completion_tokens", counted.completionTokens());
    counts.put("total_tokens", counted.promptTokens() + counted.completionTokens());
    chunk.set("usage", counts);
    return bytes(chunk);
  }

  private void head(ObjectNode chunk) {
    boolean nameless = blank(chunk.path("id"));
    if (nameless) {
      chunk.put("id", reader.id().isEmpty() ? fallback.id() : reader.id());
    }
    if (blank(chunk.path("object"))) {
      chunk.put("object", chat ? "chat.completion.chunk" : "text_completion");
    }
    if (!chunk.path("created").isIntegralNumber() || nameless) {
      boolean known = reader.created() >= 0;
      chunk.put("created", known ? reader.created() : fallback.createdEpochSeconds());
    }
    if (blank(chunk.path("model"))) {
      chunk.put("model", reader.model().isEmpty() ? fallback.model() : reader.model());
    }
  }

  private static boolean blank(JsonNode text) {
    return !text.isTextual() || text.textValue().isEmpty();
  }

  private void choice(ObjectNode choice, int position) {
    if (!choice.path("index").isIntegralNumber()) {
      choice.put("index", position);
    }
    if (choice.path("finish_reason").isTextual()
        && choice.path("finish_reason").textValue().isEmpty()) {
      choice.putNull("finish_reason");
    }
    if (!chat) {
      if (!choice.path("text").isTextual()) {
        choice.put("text", "");
      }
      return;
    }
    ObjectNode delta =
        choice.path("delta") instanceof ObjectNode given ? given : choice.putObject("delta");
    if (states.greet(ChoiceStates.index(choice.path("index").longValue()))) {
      delta.put("role", "assistant");
    }
  }

  private static ObjectNode tree(byte[] json, int from, int to) {
    try {
      return (ObjectNode) MAPPER.readTree(json, from, to - from);
    } catch (IOException e) {
      throw new UncheckedIOException("a chunk that was scanned must parse", e);
    }
  }

  private static byte[] bytes(ObjectNode chunk) {
    try {
      return MAPPER.writeValueAsBytes(chunk);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree can be written", e);
    }
  }

  /** How a stream is named that does not name itself. */
  record Identity(String id, String model, long createdEpochSeconds) {}
}
