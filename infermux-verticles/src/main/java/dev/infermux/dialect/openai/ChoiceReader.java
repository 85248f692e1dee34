package dev.infermux.dialect.openai;

import dev.infermux.dialect.ErrorBody;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import org.jspecify.annotations.Nullable;

/** Reads the choices of chunks: what they say, and whether they keep to the profile. */
final class ChoiceReader {

  private final boolean chat;
  private final ChoiceStates states;
  private final ToolFragments fragments;

  /** The bytes that the fragments' places are in. */
  private byte[] chunk = {};

  private long characters;
  private boolean says;
  private boolean odd;
  private boolean failed;
  private String reason = "";
  private @Nullable JsonSlice usage;

  /** What one choice has, while it is read. */
  private boolean role;

  private boolean roleSound;

  ChoiceReader(boolean chat, ChoiceStates states, ToolFragments fragments) {
    this.chat = chat;
    this.states = states;
    this.fragments = fragments;
  }

  void newChunk(byte[] bytes) {
    chunk = bytes;
    characters = 0;
    says = false;
    odd = false;
    failed = false;
    reason = "";
    usage = null;
    states.newChunk();
    fragments.newChunk();
  }

  /** Characters of content. */
  long characters() {
    return characters;
  }

  /** Whether there is content of any kind. */
  boolean says() {
    return says || characters > 0;
  }

  /** Whether some client is known to break on it. */
  boolean odd() {
    return odd;
  }

  /** Whether a choice holds an error. */
  boolean failed() {
    return failed;
  }

  /** The first reason to end, in a word that clients know; empty when there is none. */
  String reason() {
    return reason;
  }

  /** The usage that a choice has, as Moonshot's last one does; null = none has. */
  @Nullable JsonSlice usage() {
    return usage;
  }

  /** Consumes a choice. */
  void read(JsonCursor json, int position) {
    if (json.kind() != JsonKind.OBJECT) {
      odd = true;
      json.skip();
      return;
    }
    int index = -1;
    boolean content = false;
    boolean nullable = false;
    long text = 0;
    String end = "";
    role = false;
    roleSound = false;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(OpenAiFields.INDEX)) {
        index = index(json);
      } else if (json.nameIs(chat ? OpenAiFields.DELTA : OpenAiFields.TEXT)) {
        content = content(json);
      } else if (json.nameIs(OpenAiFields.FINISH_REASON)) {
        nullable = true;
        end = end(json);
      } else if (chat && json.nameIs(OpenAiFields.MESSAGE) && json.kind() == JsonKind.OBJECT) {
        odd = true;
        content = true;
        delta(json);
      } else if (chat && json.nameIs(OpenAiFields.TEXT)) {
        text = ContentReader.field(json);
      } else {
        beside(json);
      }
    }
    odd |= index < 0 || !content || !nullable;
    // A legacy completion in the place of a chat's chunk.
    characters += content ? 0 : text;
    note(index < 0 ? ChoiceStates.index(position) : index, end);
  }

  /** Consumes what is no part of the content. */
  private void beside(JsonCursor json) {
    boolean object = json.kind() == JsonKind.OBJECT;
    if (json.nameIs(OpenAiFields.ERROR)) {
      failed |= ErrorBody.told(json);
      odd = true;
    } else if (json.nameIs(OpenAiFields.USAGE) && object) {
      odd = true;
      usage = json.value();
    } else {
      says |= json.nameIs(OpenAiFields.LOGPROBS) && object;
      json.skip();
    }
  }

  private void note(int index, String end) {
    odd |= fragments.belongTo(index, chunk);
    states.speaks(index);
    boolean opens = states.opens(index);
    if (chat && opens && !roleSound) {
      odd = true;
      states.missesRole(index);
    }
    odd |= role && !opens;
    if (!end.isEmpty()) {
      reason = reason.isEmpty() ? end : reason;
      states.finishes(index);
    }
  }

  private static int index(JsonCursor json) {
    if (json.kind() == JsonKind.NUMBER) {
      return ChoiceStates.index(OpenAiNumbers.whole(json, -1));
    }
    json.skip();
    return -1;
  }

  private String end(JsonCursor json) {
    if (json.kind() != JsonKind.STRING) {
      odd |= json.kind() != JsonKind.NULL;
      json.skip();
      return "";
    }
    String word = json.string();
    String known = FinishReasons.known(word);
    odd |= known.isEmpty() || !known.equals(word);
    failed |= known.equals(FinishReasons.ERROR);
    return known;
  }

  /** Consumes the content; whether it is of the kind that it has to be. */
  private boolean content(JsonCursor json) {
    if (!chat) {
      boolean text = json.kind() == JsonKind.STRING;
      characters += ContentReader.field(json);
      return text;
    }
    if (json.kind() != JsonKind.OBJECT) {
      json.skip();
      return false;
    }
    delta(json);
    return true;
  }

  private void delta(JsonCursor json) {
    json.enterObject();
    while (json.nextField()) {
      JsonKind kind = json.kind();
      if (json.nameIs(OpenAiFields.CONTENT) && (kind == JsonKind.STRING || kind == JsonKind.NULL)) {
        characters += ContentReader.field(json);
      } else if (json.nameIs(OpenAiFields.ROLE)) {
        role = true;
        roleSound = kind == JsonKind.STRING && !json.isEmptyString();
        if (kind != JsonKind.STRING) {
          json.skip();
        }
      } else if (json.nameIs(OpenAiFields.TOOL_CALLS)) {
        calls(json);
      } else {
        odd |= json.nameIs(OpenAiFields.CONTENT);
        other(json);
      }
    }
  }

  private void calls(JsonCursor json) {
    if (json.kind() != JsonKind.ARRAY) {
      odd = true;
      json.skip();
      return;
    }
    int before = fragments.read();
    characters += fragments.read(json);
    boolean empty = fragments.read() == before;
    odd |= empty;
    says |= !empty;
  }

  /** Content of a kind that has no characters counts by being there. */
  private void other(JsonCursor json) {
    JsonKind kind = json.kind();
    int from = json.position();
    characters += ContentReader.field(json);
    boolean written = kind == JsonKind.STRING || kind == JsonKind.OBJECT || kind == JsonKind.ARRAY;
    says |= written && json.position() - from > 2;
  }
}
