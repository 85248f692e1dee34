package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.dialect.ContinuationCheck;
import dev.infermux.inference.StreamTranscript;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A transcript of chunks: its later parts get the first one's id, and only the first has a role.
 */
final class OpenAiTranscript implements StreamTranscript {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final String DATA = "data: ";
  private static final String END = "\n\n";
  private static final String CONTENT = "content";

  private final StringBuilder text = new StringBuilder();
  private String id = "";
  private boolean plain = true;
  private ContinuationCheck check = new ContinuationCheck("", false);

  @Override
  public String text() {
    return plain ? text.toString() : "";
  }

  @Override
  public void read(Buffer events) {
    for (String event : events.toString(UTF_8).split(END, -1)) {
      ObjectNode chunk = chunk(event);
      if (chunk != null) {
        note(chunk);
      }
    }
  }

  @Override
  public void resume(boolean restarted) {
    check = new ContinuationCheck(text.toString(), restarted);
  }

  @Override
  public boolean refused() {
    return check.refused();
  }

  @Override
  public Buffer fit(Buffer events) {
    Buffer fitted = Buffer.buffer(events.length());
    for (String event : events.toString(UTF_8).split(END, -1)) {
      ObjectNode chunk = chunk(event);
      if (chunk == null) {
        fitted.appendString(event.isEmpty() ? "" : event + END);
      } else {
        fit(chunk, fitted);
      }
    }
    return fitted;
  }

  private void fit(ObjectNode chunk, Buffer fitted) {
    for (JsonNode choice : chunk.path("choices")) {
      if (choice.path("delta") instanceof ObjectNode delta) {
        checked(delta);
        if (choice.hasNonNull("finish_reason") || calls(delta)) {
          released(chunk, fitted);
        }
      }
    }
    if (!check.refused() && says(chunk)) {
      note(chunk);
      write(chunk, fitted);
    }
  }

  private void checked(ObjectNode delta) {
    if (delta.path(CONTENT).isTextual()) {
      delta.put(CONTENT, check.pass(delta.path(CONTENT).textValue()));
    }
  }

  /** Shows what was held back, in a chunk of its own before this one. */
  private void released(ObjectNode chunk, Buffer fitted) {
    String held = check.end();
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

  private void note(ObjectNode chunk) {
    if (id.isEmpty()) {
      id = chunk.path("id").asText();
    }
    for (JsonNode choice : chunk.path("choices")) {
      JsonNode delta = choice.path("delta");
      text.append(delta.path(CONTENT).asText(""));
      plain &= !calls(delta) && !delta.has("audio");
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

  private static @Nullable ObjectNode chunk(String event) {
    if (!event.startsWith(DATA + "{")) {
      return null;
    }
    try {
      return MAPPER.readTree(event.substring(DATA.length())) instanceof ObjectNode chunk
          ? chunk
          : null;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a relayed event is sound JSON", e);
    }
  }
}
