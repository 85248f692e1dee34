package dev.infermux.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.dialect.ContinuationCheck;
import dev.infermux.inference.StreamTranscript;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A transcript of a message's events: later parts are written on in the block that was open when
 * the stream was cut, or in blocks after it, and the message starts once.
 */
final class AnthropicTranscript implements StreamTranscript {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final String DATA = "data: ";
  private static final String END = "\n\n";
  private static final String TEXT = "text";

  private final StringBuilder text = new StringBuilder();
  private boolean plain = true;
  private int blocks;

  /** The block that is being written; -1 = none. */
  private int open = -1;

  /** What the indexes of a later part are moved by; null until its first block. */
  private @Nullable Integer moved;

  private ContinuationCheck check = new ContinuationCheck("", false);

  @Override
  public String text() {
    return plain ? text.toString() : "";
  }

  @Override
  public void read(Buffer events) {
    for (String event : events.toString(UTF_8).split(END, -1)) {
      ObjectNode data = data(event);
      if (data != null) {
        note(data);
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
      ObjectNode data = data(event);
      if (data == null) {
        fitted.appendString(event.isEmpty() ? "" : event + END);
      } else {
        fit(data, fitted);
      }
    }
    return fitted;
  }

  private void fit(ObjectNode data, Buffer fitted) {
    switch (data.path("type").asText()) {
      case "message_start" -> moved = null;
      case "content_block_start" -> begin(data, fitted);
      case "content_block_delta" -> {
        move(data);
        if (says(data)) {
          note(data);
          write(data, fitted);
        }
      }
      case "content_block_stop" -> {
        move(data);
        release(fitted);
        note(data);
        write(data, fitted);
      }
      default -> write(data, fitted);
    }
  }

  private void begin(ObjectNode data, Buffer fitted) {
    int index = data.path("index").asInt();
    boolean text = data.path("content_block").path("type").asText().equals(TEXT);
    if (moved == null && open >= 0 && text) {
      moved = open - index;
      return;
    }
    if (moved == null) {
      if (open >= 0) {
        ObjectNode stop = MAPPER.createObjectNode().put("type", "content_block_stop");
        write(stop.put("index", open), fitted);
        open = -1;
      }
      moved = blocks - index;
    }
    move(data);
    note(data);
    write(data, fitted);
  }

  private void move(ObjectNode data) {
    int by = moved == null ? 0 : moved;
    data.put("index", data.path("index").asInt() + by);
  }

  /** Leaves the text that may be read now; false when nothing remains. */
  private boolean says(ObjectNode data) {
    if (!(data.path("delta") instanceof ObjectNode delta) || !delta.has(TEXT)) {
      return true;
    }
    String shown = check.pass(delta.path(TEXT).asText(""));
    delta.put(TEXT, shown);
    return !shown.isEmpty();
  }

  /** Shows what was held back, in the block that is open. */
  private void release(Buffer fitted) {
    String held = check.end();
    if (!held.isEmpty()) {
      ObjectNode data =
          MAPPER.createObjectNode().put("type", "content_block_delta").put("index", open);
      data.putObject("delta").put("type", "text_delta").put(TEXT, held);
      note(data);
      write(data, fitted);
    }
  }

  private void note(ObjectNode data) {
    int index = data.path("index").asInt();
    switch (data.path("type").asText()) {
      case "content_block_start" -> {
        open = index;
        blocks = Math.max(blocks, index + 1);
        JsonNode block = data.path("content_block");
        plain &= block.path("type").asText().equals(TEXT);
        text.append(block.path(TEXT).asText(""));
      }
      case "content_block_delta" -> text.append(data.path("delta").path(TEXT).asText(""));
      case "content_block_stop" -> open = -1;
      default -> {}
    }
  }

  private static void write(ObjectNode data, Buffer out) {
    out.appendString("event: " + data.path("type").asText() + "\n" + DATA + data + END);
  }

  private static @Nullable ObjectNode data(String event) {
    int at = event.startsWith(DATA) ? 0 : event.indexOf("\n" + DATA) + 1;
    if (!event.startsWith(DATA + "{", at)) {
      return null;
    }
    try {
      return MAPPER.readTree(event.substring(at + DATA.length())) instanceof ObjectNode data
          ? data
          : null;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a relayed event is sound JSON", e);
    }
  }
}
