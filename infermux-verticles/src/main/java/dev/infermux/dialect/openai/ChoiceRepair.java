package dev.infermux.dialect.openai;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import org.jspecify.annotations.Nullable;

/** Mends the choices of the chunk that was read last. */
final class ChoiceRepair {

  private static final JsonSlice NO_DELTA = JsonSlice.of("{}");

  private final boolean chat;
  private final DeltaRepair deltas;

  ChoiceRepair(boolean chat, DeltaRepair deltas) {
    this.chat = chat;
    this.deltas = deltas;
  }

  /** Writes an array of choices; of what is no array, an empty one. */
  void write(JsonSlice choices, JsonOutput out) {
    deltas.newChunk();
    out.array();
    if (choices.kind() == JsonKind.ARRAY) {
      JsonCursor json = choices.cursor();
      json.enterArray();
      for (int position = 0; json.nextElement(); position++) {
        if (json.kind() == JsonKind.OBJECT) {
          choice(json.value(), position, out);
        } else {
          json.skip();
        }
      }
    }
    out.endArray();
  }

  /** An array with a choice that ends and says nothing. */
  void writeEnd(int index, String reason, JsonOutput out) {
    out.array().object().field("index", index);
    if (chat) {
      out.name("delta").object().endObject();
    } else {
      out.field("text", "");
    }
    out.field("finish_reason", reason).endObject().endArray();
  }

  private void choice(JsonSlice choice, int position, JsonOutput out) {
    int index = index(choice, position);
    boolean delta = has(choice, chat ? OpenAiFields.DELTA : OpenAiFields.TEXT);
    boolean indexed = false;
    boolean said = false;
    boolean reason = false;
    JsonSlice unsaid = NO_DELTA;
    JsonCursor json = choice.cursor();
    out.object();
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(OpenAiFields.INDEX)) {
        indexed = true;
        json.skip();
        out.field("index", index);
      } else if (chat
          && (json.nameIs(OpenAiFields.DELTA) || (!delta && json.nameIs(OpenAiFields.MESSAGE)))) {
        said = true;
        deltas.write(json.value(), index, out.name("delta"));
      } else if (!chat && json.nameIs(OpenAiFields.TEXT)) {
        said = true;
        text(json.value(), out);
      } else if (chat && json.nameIs(OpenAiFields.TEXT) && json.kind() == JsonKind.STRING) {
        unsaid = new JsonOutput().object().field("content", json.value()).endObject().slice();
      } else if (json.nameIs(OpenAiFields.FINISH_REASON)) {
        reason = true;
        reason(json.value(), out);
      } else if (json.nameIs(OpenAiFields.ERROR) || json.nameIs(OpenAiFields.USAGE)) {
        json.skip();
      } else {
        out.name(JsonText.of(json.name())).value(json.value());
      }
    }
    missing(out, indexed ? -1 : index, said ? null : unsaid, index);
    if (!reason) {
      out.name("finish_reason").nothing();
    }
    out.endObject();
  }

  /**
   * @param unsaid the delta of a choice that has none; null = it has one
   */
  private void missing(JsonOutput out, int unindexed, @Nullable JsonSlice unsaid, int index) {
    if (unindexed >= 0) {
      out.field("index", unindexed);
    }
    if (unsaid != null && chat) {
      deltas.write(unsaid, index, out.name("delta"));
    } else if (unsaid != null) {
      out.field("text", "");
    }
  }

  private static void text(JsonSlice value, JsonOutput out) {
    if (value.kind() == JsonKind.STRING) {
      out.field("text", value);
    } else {
      out.field("text", "");
    }
  }

  private static void reason(JsonSlice value, JsonOutput out) {
    String word = value.kind() == JsonKind.STRING ? value.text().decoded() : "";
    String known = FinishReasons.known(word);
    out.name("finish_reason");
    if (known.isEmpty()) {
      out.nothing();
    } else if (known.equals(word)) {
      out.value(value);
    } else {
      out.string(known);
    }
  }

  private static int index(JsonSlice choice, int position) {
    int index = -1;
    JsonCursor json = choice.cursor();
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(OpenAiFields.INDEX) && json.kind() == JsonKind.NUMBER) {
        index = ChoiceStates.index(OpenAiNumbers.whole(json, -1));
      } else {
        json.skip();
      }
    }
    return index < 0 ? position : index;
  }

  private static boolean has(JsonSlice choice, byte[] name) {
    boolean found = false;
    JsonCursor json = choice.cursor();
    json.enterObject();
    while (json.nextField()) {
      found |= json.nameIs(name) && json.kind() != JsonKind.NULL;
      json.skip();
    }
    return found;
  }
}
