package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.api.Message;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages of a chat as values, read and written. */
final class MessageJson {

  private static final byte[] ROLE = "role".getBytes(US_ASCII);
  private static final byte[] CONTENT = "content".getBytes(US_ASCII);
  private static final byte[] TOOL_CALLS = "tool_calls".getBytes(US_ASCII);
  private static final byte[] ID = "id".getBytes(US_ASCII);
  private static final byte[] FUNCTION = "function".getBytes(US_ASCII);
  private static final byte[] NAME = "name".getBytes(US_ASCII);
  private static final byte[] ARGUMENTS = "arguments".getBytes(US_ASCII);
  private static final byte[] INDEX = "index".getBytes(US_ASCII);
  private static final byte[] TYPE = "type".getBytes(US_ASCII);

  private MessageJson() {}

  static void write(JsonOutput out, Message message) {
    out.object().field("role", message.role());
    out.name("content");
    if (!message.parts().isEmpty()) {
      out.array();
      for (Message.Part part : message.parts()) {
        out.object().field("type", part.type());
        JsonMaps.fields(out, part.fields());
        out.endObject();
      }
      out.endArray();
    } else if (message.content().isEmpty() && !message.toolCalls().isEmpty()) {
      out.nothing();
    } else {
      out.string(message.content());
    }
    if (!message.toolCalls().isEmpty()) {
      out.name("tool_calls");
      JsonMaps.write(out, message.toolCalls().stream().map(Message.ToolCall::json).toList());
    }
    JsonMaps.fields(out, message.fields());
    out.endObject();
  }

  /** Consumes an object; what is null is left out. */
  static Message read(JsonCursor json) {
    String role = "";
    String content = "";
    List<Message.Part> parts = List.of();
    List<Message.ToolCall> calls = List.of();
    Map<String, @Nullable Object> fields = Map.of();
    json.enterObject();
    while (json.nextField()) {
      if (json.kind() == JsonKind.NULL) {
        json.skip();
      } else if (json.nameIs(ROLE) && json.kind() == JsonKind.STRING) {
        role = json.string();
      } else if (json.nameIs(CONTENT) && json.kind() == JsonKind.STRING) {
        content = json.string();
      } else if (json.nameIs(CONTENT) && json.kind() == JsonKind.ARRAY) {
        parts = parts(json);
      } else if (json.nameIs(TOOL_CALLS) && json.kind() == JsonKind.ARRAY) {
        calls = calls(json);
      } else if (json.nameIs(ROLE) || json.nameIs(CONTENT) || json.nameIs(TOOL_CALLS)) {
        json.skip();
      } else {
        fields = fields.isEmpty() ? new LinkedHashMap<>() : fields;
        String name = json.name();
        fields.put(name, JsonMaps.read(json));
      }
    }
    return new Message(role, content, parts, calls, fields);
  }

  private static List<Message.Part> parts(JsonCursor json) {
    List<Message.Part> parts = new ArrayList<>();
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() == JsonKind.OBJECT) {
        parts.add(part(json));
      } else {
        json.skip();
      }
    }
    return parts;
  }

  private static Message.Part part(JsonCursor json) {
    String type = "";
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(TYPE) && json.kind() == JsonKind.STRING) {
        type = json.string();
      } else {
        String name = json.name();
        fields.put(name, JsonMaps.read(json));
      }
    }
    return new Message.Part(type, fields);
  }

  private static List<Message.ToolCall> calls(JsonCursor json) {
    List<Message.ToolCall> calls = new ArrayList<>();
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() == JsonKind.OBJECT) {
        CallPiece call = CallPiece.read(json, calls.size());
        calls.add(new Message.ToolCall(call.id, call.name, call.arguments));
      } else {
        json.skip();
      }
    }
    return calls;
  }

  /** A call of a tool, or a piece of one. */
  static final class CallPiece {
    int index;
    String id = "";
    String name = "";
    String arguments = "";

    /** Consumes an object, which counts as the one with this index if it does not say. */
    static CallPiece read(JsonCursor json, int index) {
      CallPiece call = new CallPiece();
      call.index = index;
      call.object(json);
      return call;
    }

    private void object(JsonCursor json) {
      json.enterObject();
      while (json.nextField()) {
        if (json.nameIs(FUNCTION) && json.kind() == JsonKind.OBJECT) {
          object(json);
        } else if (json.nameIs(INDEX) && json.kind() == JsonKind.NUMBER) {
          index = (int) json.longValue();
        } else if (json.kind() != JsonKind.STRING) {
          json.skip();
        } else if (json.nameIs(ID)) {
          id = json.string();
        } else if (json.nameIs(NAME)) {
          name = json.string();
        } else if (json.nameIs(ARGUMENTS)) {
          arguments = json.string();
        } else {
          json.skip();
        }
      }
    }
  }
}
