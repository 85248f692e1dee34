package dev.infermux.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.dialect.CheckedTranscript;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A transcript of chunks: its later parts get the first one's id, and only the first has a role.
 */
final class OpenAiTranscript extends CheckedTranscript {

  private static final String DATA = "data: ";
  private static final String END = "\n\n";
  private static final String CONTENT = "content";

  private String id = "";

  OpenAiTranscript() {
    super(END);
  }

  @Override
  protected void fit(ObjectNode chunk, Buffer fitted) {
    for (JsonNode choice : chunk.path("choices")) {
      if (choice.path("delta") instanceof ObjectNode delta) {
        checked(delta);
        if (choice.hasNonNull("finish_reason") || calls(delta)) {
          released(chunk, fitted);
        }
      }
    }
    if (!refused() && says(chunk)) {
      note(chunk);
      write(chunk, fitted);
    }
  }

  private void checked(ObjectNode delta) {
    if (delta.path(CONTENT).isTextual()) {
      delta.put(CONTENT, check().pass(delta.path(CONTENT).textValue()));
    }
  }

  /** Shows what was held back, in a chunk of its own before this one. */
  private void released(ObjectNode chunk, Buffer fitted) {
    String held = check().end();
    if (!held.isEmpty()) {
      ObjectNode before = chunk.deepCopy();
      ArrayNode choices = before.putArray("choices");
      ObjectNode choice = choices.addObject().put("index", 0);
      choice.putObject("delta").put(CONTENT, held);
      choice.putNull("finish_reason");
      note(before);
      write(before, fitted);
    }
  }

  private void write(ObjectNode chunk, Buffer fitted) {
    fitted.appendString(DATA + chunk.put("id", id) + END);
  }

  @Override
  protected void note(ObjectNode chunk) {
    if (id.isEmpty()) {
      id = chunk.path("id").asText();
    }
    for (JsonNode choice : chunk.path("choices")) {
      JsonNode delta = choice.path("delta");
      said(delta.path(CONTENT).asText(""));
      if (calls(delta) || delta.has("audio")) {
        saidOtherwise();
      }
    }
  }

  private static boolean calls(JsonNode delta) {
    return delta.has("tool_calls") || delta.has("function_call");
  }

  /** Takes the roles out of a chunk; false when nothing is left to say. */
  private static boolean says(ObjectNode chunk) {
    boolean says = !chunk.path("choices").elements().hasNext();
    for (JsonNode choice : chunk.path("choices")) {
      boolean ends = choice.hasNonNull("finish_reason");
      if (choice.path("delta") instanceof ObjectNode delta) {
        delta.remove("role");
        for (JsonNode value : delta) {
          says |= !value.isNull() && !(value.isTextual() && value.textValue().isEmpty());
        }
      }
      says |= ends;
    }
    return says;
  }

  @Override
  protected @Nullable ObjectNode data(String event) {
    return event.startsWith(DATA + "{") ? object(event.substring(DATA.length())) : null;
  }
}
