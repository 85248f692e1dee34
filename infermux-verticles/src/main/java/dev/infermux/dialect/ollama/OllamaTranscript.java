package dev.infermux.dialect.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.dialect.CheckedTranscript;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A transcript of lines, of a chat or of a completion, which carry nothing that ties them to the
 * stream they are of.
 */
final class OllamaTranscript extends CheckedTranscript {

  private static final String END = "\n";
  private static final String MESSAGE = "message";
  private static final String CONTENT = "content";
  private static final String RESPONSE = "response";

  OllamaTranscript() {
    super(END);
  }

  @Override
  protected void fit(ObjectNode line, Buffer fitted) {
    boolean last = line.path("done").asBoolean() || calls(line);
    String added = text(line);
    String shown = check().pass(added) + (last ? check().end() : "");
    if (refused() || (shown.isEmpty() && !added.isEmpty() && !last)) {
      return;
    }
    say(line, shown);
    note(line);
    fitted.appendString(line + END);
  }

  @Override
  protected void note(ObjectNode line) {
    said(text(line));
    if (calls(line)) {
      saidOtherwise();
    }
  }

  @Override
  protected @Nullable ObjectNode data(String line) {
    return line.isBlank() ? null : object(line);
  }

  private static String text(ObjectNode line) {
    JsonNode message = line.path(MESSAGE);
    return (message.isObject() ? message.path(CONTENT) : line.path(RESPONSE)).asText("");
  }

  private static void say(ObjectNode line, String text) {
    if (line.path(MESSAGE) instanceof ObjectNode message) {
      message.put(CONTENT, text);
    } else if (line.has(RESPONSE)) {
      line.put(RESPONSE, text);
    }
  }

  private static boolean calls(ObjectNode line) {
    return line.path(MESSAGE).path("tool_calls").elements().hasNext();
  }
}
