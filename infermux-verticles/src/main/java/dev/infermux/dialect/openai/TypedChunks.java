package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.api.ChatChunk;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Streams of chats as values, for programs. */
public final class TypedChunks {

  private static final byte[] ID = "id".getBytes(US_ASCII);
  private static final byte[] MODEL = "model".getBytes(US_ASCII);
  private static final byte[] CHOICES = "choices".getBytes(US_ASCII);
  private static final byte[] USAGE = "usage".getBytes(US_ASCII);
  private static final byte[] INDEX = "index".getBytes(US_ASCII);
  private static final byte[] DELTA = "delta".getBytes(US_ASCII);
  private static final byte[] CONTENT = "content".getBytes(US_ASCII);
  private static final byte[] TOOL_CALLS = "tool_calls".getBytes(US_ASCII);
  private static final byte[] FINISH_REASON = "finish_reason".getBytes(US_ASCII);
  private static final byte[] DATA = "data: ".getBytes(US_ASCII);

  private TypedChunks() {}

  /** The chunks in these whole events, each of which has its data on one line. */
  public static void read(Buffer events, Consumer<ChatChunk> chunks) {
    byte[] bytes = events.getBytes();
    int line = 0;
    while (line < bytes.length) {
      int end = line;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      int from = line + DATA.length;
      if (from < end
          && bytes[from] == '{'
          && Arrays.equals(bytes, line, from, DATA, 0, DATA.length)) {
        chunks.accept(chunk(bytes, from, end));
      }
      line = end + 1;
    }
  }

  private static ChatChunk chunk(byte[] bytes, int from, int to) {
    String id = "";
    String model = "";
    List<ChatChunk.Choice> choices = new ArrayList<>(1);
    @Nullable Usage usage = null;
    JsonCursor json = new JsonCursor(bytes, from, to);
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(CHOICES) && json.kind() == JsonKind.ARRAY) {
        json.enterArray();
        while (json.nextElement()) {
          choices.add(choice(json, choices.size()));
        }
      } else if (json.nameIs(ID) && json.kind() == JsonKind.STRING) {
        id = json.string();
      } else if (json.nameIs(MODEL) && json.kind() == JsonKind.STRING) {
        model = json.string();
      } else if (json.nameIs(USAGE)) {
        usage = UsageReader.read(json);
      } else {
        json.skip();
      }
    }
    Buffer raw = Buffer.buffer(Arrays.copyOfRange(bytes, from, to));
    return new ChatChunk(id, model, choices, usage, raw);
  }

  private static ChatChunk.Choice choice(JsonCursor json, int position) {
    ChoicePiece piece = new ChoicePiece(position);
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(DELTA) && json.kind() == JsonKind.OBJECT) {
        piece.read(json);
      } else if (json.nameIs(FINISH_REASON) && json.kind() == JsonKind.STRING) {
        piece.reason = json.string();
      } else if (json.nameIs(INDEX) && json.kind() == JsonKind.NUMBER) {
        piece.index = (int) json.longValue();
      } else {
        json.skip();
      }
    }
    return piece.choice();
  }

  /** What a chunk adds to one choice, while it is read. */
  private static final class ChoicePiece {
    private int index;
    private String content = "";
    private String reason = "";
    private final List<ChatChunk.ToolCallPiece> calls = new ArrayList<>(0);
    private Map<String, @Nullable Object> fields = Map.of();

    ChoicePiece(int index) {
      this.index = index;
    }

    private void read(JsonCursor json) {
      json.enterObject();
      while (json.nextField()) {
        if (json.nameIs(CONTENT) && json.kind() == JsonKind.STRING) {
          content = json.string();
        } else if (json.nameIs(TOOL_CALLS) && json.kind() == JsonKind.ARRAY) {
          calls(json);
        } else if (json.kind() == JsonKind.NULL) {
          json.skip();
        } else {
          fields = fields.isEmpty() ? new LinkedHashMap<>() : fields;
          String name = json.name();
          fields.put(name, JsonMaps.read(json));
        }
      }
    }

    private void calls(JsonCursor json) {
      json.enterArray();
      while (json.nextElement()) {
        if (json.kind() == JsonKind.OBJECT) {
          MessageJson.CallPiece call = MessageJson.CallPiece.read(json, calls.size());
          calls.add(new ChatChunk.ToolCallPiece(call.index, call.id, call.name, call.arguments));
        } else {
          json.skip();
        }
      }
    }

    ChatChunk.Choice choice() {
      return new ChatChunk.Choice(index, content, calls, reason, fields);
    }
  }
}
