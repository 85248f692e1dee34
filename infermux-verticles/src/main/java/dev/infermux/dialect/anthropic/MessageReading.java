package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.chat.Seals;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What one message says of itself, whole or in events: its model, usage, reason to end, what was
 * written, and the ids of what only its provider has.
 */
final class MessageReading {

  /** The types of what has characters, if it says anything. */
  private static final Set<String> WORDS =
      Set.of("text", "thinking", "text_delta", "thinking_delta", "input_json_delta");

  private final MessageUsage usage = new MessageUsage();
  private final List<String> issued = new ArrayList<>();
  private String model = "";
  private String stopReason = "";
  private long characters;
  private boolean content;
  private boolean speaks;

  MessageUsage usage() {
    return usage;
  }

  String model() {
    return model;
  }

  /** Empty when it has given none. */
  String stopReason() {
    return stopReason;
  }

  /** Whether it has a list of blocks. */
  boolean hasContent() {
    return content;
  }

  /** Characters that were written since this was last asked. */
  long taken() {
    long written = characters;
    characters = 0;
    return written;
  }

  /** Whether a block of any kind has said something since this was last asked. */
  boolean speaks() {
    boolean spoken = speaks;
    speaks = false;
    return spoken;
  }

  /** Ids that were issued since this was last asked. */
  List<String> issued() {
    List<String> ids = List.copyOf(issued);
    issued.clear();
    return ids;
  }

  /** Consumes a message, without what stands around it in a stream. */
  void message(JsonCursor json) {
    json.enterObject();
    while (json.nextField()) {
      field(json);
    }
  }

  /** Consumes one field of a message. */
  void field(JsonCursor json) {
    if (json.nameIs(MessageFields.CONTENT) && json.kind() == JsonKind.ARRAY) {
      content = true;
      json.enterArray();
      while (json.nextElement()) {
        block(json);
      }
    } else if (json.nameIs(MessageFields.MODEL) && json.kind() == JsonKind.STRING) {
      model = json.string();
    } else if (json.nameIs(MessageFields.USAGE)) {
      usage.read(json);
    } else {
      ending(json);
    }
  }

  /** Consumes the changes that a stream makes to its message at the end. */
  void changes(JsonCursor json) {
    json.enterObject();
    while (json.nextField()) {
      ending(json);
    }
  }

  private void ending(JsonCursor json) {
    if (json.nameIs(MessageFields.STOP_REASON) && json.kind() == JsonKind.STRING) {
      stopReason = json.string();
    } else if (json.nameIs(MessageFields.CONTAINER) && json.kind() == JsonKind.OBJECT) {
      json.enterObject();
      while (json.nextField()) {
        if (json.nameIs(MessageFields.ID) && json.kind() == JsonKind.STRING) {
          issued.add(json.string());
        } else {
          json.skip();
        }
      }
    } else {
      json.skip();
    }
  }

  /** Consumes a block, or what is added to one. */
  void block(JsonCursor json) {
    if (json.kind() != JsonKind.OBJECT) {
      json.skip();
      return;
    }
    json.enterObject();
    while (json.nextField()) {
      boolean string = json.kind() == JsonKind.STRING;
      if (string && json.nameIs(MessageFields.TYPE)) {
        String type = json.string();
        speaks |= !WORDS.contains(type);
      } else if (string && isWritten(json)) {
        characters += json.stringLength();
      } else if (string
          && (json.nameIs(MessageFields.SIGNATURE) || json.nameIs(MessageFields.DATA))) {
        seal(json.text());
      } else if (json.nameIs(MessageFields.INPUT) && json.kind() == JsonKind.OBJECT) {
        input(json);
      } else {
        json.skip();
      }
    }
  }

  /** A signature begins empty, and comes when the thought is complete. */
  private void seal(JsonText seal) {
    if (!seal.isEmpty()) {
      issued.add(Seals.id(seal));
    }
  }

  private static boolean isWritten(JsonCursor json) {
    return json.nameIs(MessageFields.TEXT)
        || json.nameIs(MessageFields.THINKING)
        || json.nameIs(MessageFields.INPUT)
        || json.nameIs(MessageFields.PARTIAL_JSON);
  }

  /** A call whose input comes later, or that has none, begins with an empty one. */
  private void input(JsonCursor json) {
    int from = json.position();
    json.skip();
    int length = json.position() - from;
    characters += length > 2 ? length : 0;
  }
}
