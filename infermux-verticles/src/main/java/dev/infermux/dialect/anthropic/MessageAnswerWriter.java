package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.WrittenObject;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonText;
import dev.infermux.vertx.Buffers;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the events of an answer as one message. */
final class MessageAnswerWriter {

  private final Attempt attempt;
  private final List<Block> blocks = new ArrayList<>();
  private final Map<Integer, Block> calls = new HashMap<>();
  private String id = "";
  private String model;
  private FinishReason reason = FinishReason.STOP;
  private @Nullable JsonText stopSequence;
  private @Nullable Usage usage;
  private long characters;
  private boolean refused;

  private MessageAnswerWriter(Attempt attempt) {
    this.attempt = attempt;
    this.model = attempt.model();
  }

  static Buffer answer(List<ChatEvent> events, Attempt attempt) {
    MessageAnswerWriter writer = new MessageAnswerWriter(attempt);
    events.forEach(writer::take);
    return Buffers.wrap(writer.bytes());
  }

  private void take(ChatEvent event) {
    if (event instanceof ChatEvent.Begin begin) {
      id = begin.id();
      model = begin.model().isEmpty() ? model : begin.model();
      usage = begin.usage();
    } else if (event instanceof ChatEvent.Text text) {
      add("text", text.text());
    } else if (event instanceof ChatEvent.Refusal refusal) {
      refused = true;
      add("text", refusal.text());
    } else if (event instanceof ChatEvent.Thinking thinking) {
      add("thinking", thinking.text());
    } else if (event instanceof ChatEvent.Sealed sealed) {
      seal(sealed.seal());
    } else if (event instanceof ChatEvent.CallBegins begins) {
      Block call = new Block("tool_use", begins.id(), begins.name());
      calls.put(begins.index(), call);
      blocks.add(call);
    } else if (event instanceof ChatEvent.CallArguments arguments) {
      Block call = calls.get(arguments.index());
      if (call != null) {
        call.pieces.add(arguments.json());
        characters += arguments.json().characters();
      }
    } else if (event instanceof ChatEvent.Finish finish) {
      reason = finish.reason();
      stopSequence = finish.stopSequence();
    } else if (event instanceof ChatEvent.Used used) {
      usage = used.usage();
    }
  }

  private void add(String type, JsonText piece) {
    Block last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
    if (last == null || !last.type.equals(type) || last.seal != null) {
      last = new Block(type, "", "");
      blocks.add(last);
    }
    last.pieces.add(piece);
    characters += piece.characters();
  }

  private void seal(JsonText seal) {
    add("thinking", JsonText.EMPTY);
    blocks.get(blocks.size() - 1).seal = seal;
  }

  private byte[] bytes() {
    JsonOutput json = new JsonOutput(1_024).object();
    json.field("id", MessageSpelling.id(id, attempt)).field("type", "message");
    json.field("role", "assistant").field("model", model).name("content").array();
    blocks.forEach(block -> block.write(json));
    json.endArray();
    FinishReason ended = refused ? FinishReason.REFUSED : reason;
    json.field("stop_reason", MessageSpelling.stopReason(ended, !calls.isEmpty()));
    json.name("stop_sequence");
    if (stopSequence == null) {
      json.nothing();
    } else {
      json.string(stopSequence);
    }
    MessageSpelling.usage(json, MessageSpelling.orEstimated(usage, attempt, characters));
    return json.endObject().toBytes();
  }

  /** One block in the making. */
  private static final class Block {
    private final String type;
    private final String id;
    private final String name;
    private final List<JsonText> pieces = new ArrayList<>();
    private @Nullable JsonText seal;

    Block(String type, String id, String name) {
      this.type = type;
      this.id = id;
      this.name = name;
    }

    void write(JsonOutput json) {
      JsonText redacted = seal == null ? null : MessageSpelling.redacted(seal);
      if (redacted != null) {
        json.object().field("type", "redacted_thinking").field("data", redacted).endObject();
        return;
      }
      if (type.equals("text") && pieces.stream().allMatch(JsonText::isEmpty)) {
        return;
      }
      json.object().field("type", type);
      if (type.equals("tool_use")) {
        String arguments = joined(new JsonOutput()).slice().text().decoded();
        json.field("id", id).field("name", name);
        json.field("input", WrittenObject.of(arguments));
      } else {
        joined(json.name(type));
        if (type.equals("thinking")) {
          json.field(
              "signature",
              seal == null ? MessageSpelling.UNSIGNED : MessageSpelling.signature(seal));
        }
      }
      json.endObject();
    }

    private JsonOutput joined(JsonOutput json) {
      json.openString();
      pieces.forEach(json::piece);
      return json.closeString();
    }
  }
}
