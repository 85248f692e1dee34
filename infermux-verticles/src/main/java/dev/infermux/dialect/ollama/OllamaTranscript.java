package dev.infermux.dialect.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.dialect.ContinuationCheck;
import dev.infermux.inference.StreamTranscript;
import io.vertx.core.buffer.Buffer;

/** A transcript of lines, which carry nothing that ties them to the stream they are of. */
final class OllamaTranscript implements StreamTranscript {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final String MESSAGE = "message";
  private static final String CONTENT = "content";
  private static final String RESPONSE = "response";

  private final StringBuilder text = new StringBuilder();
  private boolean plain = true;
  private ContinuationCheck check = new ContinuationCheck("", false);

  @Override
  public String text() {
    return plain ? text.toString() : "";
  }

  @Override
  public void read(Buffer events) {
    events
        .toString(UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .map(Line::of)
        .forEach(this::note);
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
    events
        .toString(UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .map(Line::of)
        .forEach(line -> fit(line, fitted));
    return fitted;
  }

  private void fit(Line line, Buffer fitted) {
    boolean last = line.object().path("done").asBoolean() || line.calls();
    String added = line.text();
    String shown = check.pass(added) + (last ? check.end() : "");
    if (check.refused() || (shown.isEmpty() && !added.isEmpty() && !last)) {
      return;
    }
    line.say(shown);
    note(line);
    fitted.appendString(line.object() + "\n");
  }

  private void note(Line line) {
    text.append(line.text());
    plain &= !line.calls();
  }

  /** One line of a stream: of a chat, or of a completion. */
  private record Line(ObjectNode object) {

    static Line of(String line) {
      try {
        if (MAPPER.readTree(line) instanceof ObjectNode object) {
          return new Line(object);
        }
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a relayed line is sound JSON", e);
      }
      throw new IllegalStateException("a relayed line is an object");
    }

    String text() {
      JsonNode message = object.path(MESSAGE);
      return (message.isObject() ? message.path(CONTENT) : object.path(RESPONSE)).asText("");
    }

    void say(String text) {
      if (object.path(MESSAGE) instanceof ObjectNode message) {
        message.put(CONTENT, text);
      } else if (object.has(RESPONSE)) {
        object.put(RESPONSE, text);
      }
    }

    boolean calls() {
      return object.path(MESSAGE).path("tool_calls").elements().hasNext();
    }
  }
}
