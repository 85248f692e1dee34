package dev.infermux.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.dialect.CheckedTranscript;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A transcript of a message's events: later parts are written on in the block that was open when
 * the stream was cut, or in blocks after it, and the message starts once.
 */
final class AnthropicTranscript extends CheckedTranscript {

  private static final String DATA = "data: ";
  private static final String END = "\n\n";
  private static final String TEXT = "text";

  private int blocks;

  /** The block that is being written; -1 = none. */
  private int open = -1;

  /** What the indexes of a later part are moved by; null until its first block. */
  private @Nullable Integer moved;

  AnthropicTranscript() {
    super(END);
  }

  @Override
  protected void fit(ObjectNode data, Buffer fitted) {
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
        ObjectNode stop = newObject().put("type", "content_block_stop");
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
    String shown = check().pass(delta.path(TEXT).asText(""));
    delta.put(TEXT, shown);
    return !shown.isEmpty();
  }

  /** Shows what was held back, in the block that is open. */
  private void release(Buffer fitted) {
    String held = check().end();
    if (!held.isEmpty()) {
      ObjectNode data = newObject().put("type", "content_block_delta").put("index", open);
      data.putObject("delta").put("type", "text_delta").put(TEXT, held);
      note(data);
      write(data, fitted);
    }
  }

  @Override
  protected void note(ObjectNode data) {
    int index = data.path("index").asInt();
    switch (data.path("type").asText()) {
      case "content_block_start" -> {
        open = index;
        blocks = Math.max(blocks, index + 1);
        JsonNode block = data.path("content_block");
        if (!block.path("type").asText().equals(TEXT)) {
          saidOtherwise();
        }
        said(block.path(TEXT).asText(""));
      }
      case "content_block_delta" -> said(data.path("delta").path(TEXT).asText(""));
      case "content_block_stop" -> open = -1;
      default -> {}
    }
  }

  private static void write(ObjectNode data, Buffer out) {
    out.appendString("event: " + data.path("type").asText() + "\n" + DATA + data + END);
  }

  @Override
  protected @Nullable ObjectNode data(String event) {
    int at = event.startsWith(DATA) ? 0 : event.indexOf("\n" + DATA) + 1;
    return event.startsWith(DATA + "{", at) ? object(event.substring(at + DATA.length())) : null;
  }
}
