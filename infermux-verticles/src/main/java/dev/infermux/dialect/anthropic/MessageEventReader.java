package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.Frame;
import dev.infermux.dialect.WrittenObject;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventReader;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.dialect.chat.Seals;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one answer, whole or the frames of its stream, as events of the neutral form. */
final class MessageEventReader implements ChatEventReader {

  private final MessageUsage usage = new MessageUsage();
  private final Map<Long, Integer> calls = new HashMap<>();

  /** What calls begin with, which counts where no piece of theirs follows. */
  private final Map<Integer, JsonText> inputs = new HashMap<>();

  private Consumer<ChatEvent> events = event -> {};
  private int callsBegun;
  private String id = "";
  private String model = "";
  private @Nullable FinishReason reason;
  private @Nullable JsonText stopSequence;
  private @Nullable JsonText explanation;

  /** The events of a whole answer. */
  static List<ChatEvent> whole(Buffer answer) {
    MessageEventReader reader = new MessageEventReader();
    List<ChatEvent> begin = new ArrayList<>();
    List<ChatEvent> rest = new ArrayList<>();
    reader.events = rest::add;
    byte[] bytes = answer.getBytes();
    JsonCursor json = new JsonCursor(bytes);
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(MessageFields.CONTENT) && json.kind() == JsonKind.ARRAY) {
        long index = 0;
        json.enterArray();
        while (json.nextElement()) {
          reader.begun(index, new Delta(json));
          reader.ended(index++);
        }
      } else {
        reader.message(json);
      }
    }
    begin.add(new ChatEvent.Begin(reader.id, reader.model, reader.usage.usage()));
    reader.over();
    begin.addAll(rest);
    return begin;
  }

  @Override
  public void read(Frame frame, Consumer<ChatEvent> sink) {
    events = sink;
    JsonCursor json = new JsonCursor(frame.data(), frame.dataFrom(), frame.dataTo());
    String type = "";
    long index = 0;
    Delta delta = null;
    json.enterObject();
    while (json.nextField()) {
      boolean object = json.kind() == JsonKind.OBJECT;
      if (json.nameIs(MessageFields.TYPE) && json.kind() == JsonKind.STRING) {
        type = json.string();
      } else if (json.nameIs(MessageFields.INDEX) && json.kind() == JsonKind.NUMBER) {
        index = json.longValue();
      } else if (object
          && (json.nameIs(MessageFields.CONTENT_BLOCK)
              || (json.nameIs(MessageFields.DELTA) && !type.equals("message_delta")))) {
        delta = new Delta(json);
      } else if (object
          && (json.nameIs(MessageFields.MESSAGE) || json.nameIs(MessageFields.DELTA))) {
        json.enterObject();
        while (json.nextField()) {
          message(json);
        }
      } else if (json.nameIs(MessageFields.USAGE)) {
        usage.read(json);
      } else {
        json.skip();
      }
    }
    event(type, index, delta);
  }

  private void event(String type, long index, @Nullable Delta delta) {
    switch (type) {
      case "message_start" -> events.accept(new ChatEvent.Begin(id, model, usage.usage()));
      case "content_block_start" -> {
        if (delta != null) {
          begun(index, delta);
        }
      }
      case "content_block_delta" -> {
        if (delta != null) {
          added(index, delta);
        }
      }
      case "content_block_stop" -> ended(index);
      case "message_stop" -> over();
      default -> {}
    }
  }

  /** Consumes one field of the message itself. */
  private void message(JsonCursor json) {
    boolean string = json.kind() == JsonKind.STRING;
    if (string && json.nameIs(MessageFields.ID)) {
      id = json.string();
    } else if (string && json.nameIs(MessageFields.MODEL)) {
      model = json.string();
    } else if (string && json.nameIs(MessageFields.STOP_REASON)) {
      reason = reason(json.string());
    } else if (string && json.nameIs(MessageFields.STOP_SEQUENCE)) {
      stopSequence = JsonText.of(json.string());
    } else if (json.nameIs(MessageFields.STOP_DETAILS) && json.kind() == JsonKind.OBJECT) {
      json.enterObject();
      while (json.nextField()) {
        if (json.nameIs(MessageFields.EXPLANATION) && json.kind() == JsonKind.STRING) {
          explanation = JsonText.of(json.string());
        } else {
          json.skip();
        }
      }
    } else if (json.nameIs(MessageFields.USAGE)) {
      usage.read(json);
    } else {
      json.skip();
    }
  }

  private void begun(long index, Delta block) {
    switch (block.type) {
      case "text" -> text(block.text);
      case "thinking" -> {
        thinking(block.thinking);
        sealed(MessageBlockReader.SIGNED, block.seal);
      }
      case "redacted_thinking" -> {
        events.accept(new ChatEvent.Thinking(JsonText.EMPTY));
        sealed(MessageBlockReader.REDACTED, block.seal);
      }
      case "tool_use" -> {
        ended(index);
        int call = callsBegun++;
        calls.put(index, call);
        events.accept(new ChatEvent.CallBegins(call, block.id, block.name));
        if (block.input != null && block.input.length() > 2) {
          inputs.put(call, escaped(block.input));
        }
      }
      default -> {}
    }
  }

  private void added(long index, Delta delta) {
    switch (delta.type) {
      case "text_delta" -> text(delta.text);
      case "thinking_delta" -> thinking(delta.thinking);
      case "signature_delta" -> sealed(MessageBlockReader.SIGNED, delta.seal);
      case "input_json_delta" -> {
        Integer call = calls.get(index);
        if (call != null && !delta.partialJson.isEmpty()) {
          inputs.remove(call);
          events.accept(new ChatEvent.CallArguments(call, delta.partialJson));
        }
      }
      default -> {}
    }
  }

  private void ended(long index) {
    Integer call = calls.remove(index);
    if (call != null) {
      JsonText input = inputs.remove(call);
      if (input != null) {
        events.accept(new ChatEvent.CallArguments(call, input));
      }
      events.accept(new ChatEvent.CallEnds(call));
    }
  }

  private void over() {
    List.copyOf(calls.keySet()).forEach(this::ended);
    if (reason == FinishReason.REFUSED && explanation != null) {
      events.accept(new ChatEvent.Refusal(explanation));
    }
    if (reason != null) {
      events.accept(
          new ChatEvent.Finish(reason, reason == FinishReason.STOP_SEQUENCE ? stopSequence : null));
    }
    Usage counted = usage.usage();
    if (counted != null) {
      events.accept(new ChatEvent.Used(counted));
    }
    events.accept(new ChatEvent.Over());
  }

  private void text(JsonText text) {
    if (!text.isEmpty()) {
      events.accept(new ChatEvent.Text(text));
    }
  }

  private void thinking(JsonText text) {
    if (!text.isEmpty()) {
      events.accept(new ChatEvent.Thinking(text));
    }
  }

  private void sealed(String dialect, JsonText seal) {
    if (!seal.isEmpty()) {
      events.accept(new ChatEvent.Sealed(Seals.mark(dialect, seal)));
    }
  }

  private static JsonText escaped(JsonSlice json) {
    return new JsonOutput(json.length() + 16).stringOf(json).slice().text();
  }

  static FinishReason reason(String word) {
    return switch (word) {
      case "stop_sequence" -> FinishReason.STOP_SEQUENCE;
      case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
      case "tool_use" -> FinishReason.TOOL_CALLS;
      case "refusal" -> FinishReason.REFUSED;
      case "pause_turn" -> FinishReason.PAUSED;
      default -> FinishReason.STOP;
    };
  }

  /** What one block begins with, or what is added to it. */
  private static final class Delta {
    private String type = "";
    private JsonText text = JsonText.EMPTY;
    private JsonText thinking = JsonText.EMPTY;
    private JsonText partialJson = JsonText.EMPTY;
    private JsonText seal = JsonText.EMPTY;
    private String id = "";
    private String name = "";
    private @Nullable JsonSlice input;

    Delta(JsonCursor json) {
      json.enterObject();
      while (json.nextField()) {
        if (json.kind() == JsonKind.STRING) {
          string(json);
        } else if (json.nameIs(MessageFields.INPUT) && json.kind() == JsonKind.OBJECT) {
          input = json.value();
        } else {
          json.skip();
        }
      }
    }

    private void string(JsonCursor json) {
      if (json.nameIs(MessageFields.TYPE)) {
        type = json.string();
      } else if (json.nameIs(MessageFields.TEXT)) {
        text = json.text();
      } else if (json.nameIs(MessageFields.THINKING)) {
        thinking = json.text();
      } else if (json.nameIs(MessageFields.PARTIAL_JSON)) {
        partialJson = json.text();
      } else if (json.nameIs(MessageFields.SIGNATURE) || json.nameIs(MessageFields.DATA)) {
        seal = json.text();
      } else if (json.nameIs(MessageFields.ID)) {
        id = json.string();
      } else if (json.nameIs(MessageFields.NAME)) {
        name = json.string();
      } else if (json.nameIs(MessageFields.INPUT)) {
        // As OpenAI spells arguments.
        input = WrittenObject.of(json.string());
      } else {
        json.skip();
      }
    }
  }
}
