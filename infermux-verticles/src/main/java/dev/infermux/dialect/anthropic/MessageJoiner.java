package dev.infermux.dialect.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.infermux.dialect.Frame;
import dev.infermux.dialect.FrameSplitter;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.WrittenObject;
import dev.infermux.vertx.Buffers;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the events of a stream together as the whole message that they tell. */
public final class MessageJoiner {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final FrameSplitter splitter = Framing.NAMED_SSE.splitter(this::read);
  private final Map<Integer, ObjectNode> blocks = new HashMap<>();
  private final Map<String, StringBuilder> texts = new HashMap<>();
  private ObjectNode message = MAPPER.createObjectNode();

  /** Takes whole events, which a reader of the dialect has accepted. */
  public void events(Buffer events) {
    ByteBuf bytes = Buffers.onHeap(events);
    int from = bytes.arrayOffset() + bytes.readerIndex();
    splitter.feed(bytes.array(), from, from + bytes.readableBytes());
  }

  /** The message, once its last event has been taken. */
  public Buffer message() {
    blocks.keySet().forEach(this::end);
    try {
      return Buffers.wrap(MAPPER.writeValueAsBytes(message));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  private void read(Frame event) {
    JsonNode data;
    try {
      data = MAPPER.readTree(event.data(), event.dataFrom(), event.dataTo() - event.dataFrom());
    } catch (IOException e) {
      throw new UncheckedIOException("a relayed event is sound JSON", e);
    }
    switch (data.path("type").asText()) {
      case "message_start" -> {
        message = object(data.path("message"));
        message.putArray("content");
      }
      case "content_block_start" -> begin(data);
      case "content_block_delta" -> add(data.path("index").asInt(), object(data.path("delta")));
      case "content_block_stop" -> end(data.path("index").asInt());
      case "message_delta" -> {
        copy(data, message, "type", "delta", "usage");
        copy(data.path("delta"), message);
        copy(data.path("usage"), object(message, "usage"));
      }
      default -> {}
    }
  }

  private void begin(JsonNode data) {
    ObjectNode block = object(data.path("content_block"));
    blocks.put(data.path("index").asInt(), block);
    if (message.path("content") instanceof ArrayNode content) {
      content.add(block);
    }
  }

  private void add(int index, ObjectNode delta) {
    ObjectNode block = blocks.get(index);
    if (block == null) {
      return;
    }
    switch (delta.path("type").asText()) {
      case "text_delta" -> append(index, "text", delta.path("text"));
      case "thinking_delta" -> append(index, "thinking", delta.path("thinking"));
      case "input_json_delta" -> append(index, "input", delta.path("partial_json"));
      case "signature_delta" -> block.set("signature", delta.path("signature"));
      case "citations_delta" -> {
        ArrayNode citations =
            block.path("citations") instanceof ArrayNode known
                ? known
                : block.putArray("citations");
        citations.add(delta.path("citation"));
      }
      // What is not known is told at once, as the summary of a compaction is.
      default -> copy(delta, block, "type");
    }
  }

  private void append(int index, String field, JsonNode piece) {
    texts.computeIfAbsent(index + field, first -> new StringBuilder()).append(piece.asText());
  }

  private void end(int index) {
    ObjectNode block = blocks.get(index);
    if (block == null) {
      return;
    }
    for (String field : new String[] {"text", "thinking", "input"}) {
      StringBuilder written = texts.remove(index + field);
      if (written == null || written.isEmpty()) {
        continue;
      }
      if (field.equals("input")) {
        // The longest length may cut a call; its input is an object all the same.
        String input = WrittenObject.of(written.toString()).toString();
        block.putRawValue(field, new RawValue(input));
      } else {
        block.put(field, block.path(field).asText("") + written);
      }
    }
  }

  private static void copy(JsonNode from, ObjectNode to, String... except) {
    ObjectNode fields = object(from).deepCopy();
    fields.remove(List.of(except));
    to.setAll(fields);
  }

  private static ObjectNode object(JsonNode node) {
    return node instanceof ObjectNode object ? object : MAPPER.createObjectNode();
  }

  private static ObjectNode object(ObjectNode in, String name) {
    return in.path(name) instanceof ObjectNode known ? known : in.putObject(name);
  }
}
