package dev.infermux.dialect.openai;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows the calls of tools in one stream, whose fragments clients put together: a choice's calls
 * count from 0, and the first fragment of each, and no other, has its id, its type and its name.
 */
final class ToolFragments {

  private final String prefix;
  private final Map<Integer, StreamedCalls> choices = new HashMap<>();
  private final List<ToolFragment> fragments = new ArrayList<>();
  private int used;
  private int placed;

  /**
   * @param prefix of the ids of calls that have none
   */
  ToolFragments(String prefix) {
    this.prefix = prefix;
  }

  void newChunk() {
    used = 0;
    placed = 0;
  }

  /** How many fragments the chunk has by now. */
  int read() {
    return used;
  }

  /** The fragments of the chunk that was read last, in their order. */
  ToolFragment fragment(int number) {
    return fragments.get(number);
  }

  /** Consumes the value of {@code tool_calls}; returns the characters written in it. */
  long read(JsonCursor json) {
    long characters = 0;
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() == JsonKind.OBJECT) {
        characters += fragment(json, next());
      } else {
        json.skip();
      }
    }
    return characters;
  }

  private ToolFragment next() {
    if (used == fragments.size()) {
      fragments.add(new ToolFragment());
    }
    ToolFragment fragment = fragments.get(used++);
    fragment.reset();
    return fragment;
  }

  private static long fragment(JsonCursor json, ToolFragment fragment) {
    long characters = 0;
    json.enterObject();
    while (json.nextField()) {
      JsonKind kind = json.kind();
      if (kind == JsonKind.NUMBER && json.nameIs(OpenAiFields.INDEX)) {
        fragment.index = OpenAiNumbers.whole(json, -1);
      } else if (json.nameIs(OpenAiFields.ID)) {
        fragment.hasId = true;
        fragment.id = text(json);
      } else if (json.nameIs(OpenAiFields.TYPE)) {
        fragment.typed = kind == JsonKind.STRING && !json.isEmptyString();
        if (kind != JsonKind.STRING) {
          json.skip();
        }
      } else if (kind == JsonKind.OBJECT && json.nameIs(OpenAiFields.FUNCTION)) {
        characters += function(json, fragment);
      } else {
        characters += ContentReader.field(json);
      }
    }
    return characters;
  }

  private static long function(JsonCursor json, ToolFragment fragment) {
    long characters = 0;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(OpenAiFields.NAME)) {
        fragment.hasName = true;
        fragment.name = text(json);
      } else if (json.nameIs(OpenAiFields.ARGUMENTS)) {
        boolean spelt = json.kind() == JsonKind.STRING;
        fragment.argumentsFrom = json.position();
        characters += spelt ? json.stringLength() : ContentReader.inside(json);
        fragment.argumentsTo = spelt ? json.position() : 0;
        fragment.odd = !spelt;
      } else {
        characters += ContentReader.field(json);
      }
    }
    return characters;
  }

  private static String text(JsonCursor json) {
    if (json.kind() == JsonKind.STRING) {
      return json.string();
    }
    json.skip();
    return "";
  }

  /** Gives the fragments that were read since the last time to a choice; whether one is odd. */
  boolean belongTo(int index, byte[] chunk) {
    boolean odd = false;
    for (int position = 0; placed < used; position++) {
      ToolFragment fragment = fragments.get(placed++);
      StreamedCalls calls = choices.get(index);
      if (calls == null) {
        calls = new StreamedCalls(index == 0 ? prefix + "_" : prefix + "_" + index + "_");
        choices.put(index, calls);
      }
      calls.of(fragment, position).take(fragment, chunk);
      odd |= isOdd(fragment);
    }
    return odd;
  }

  private static boolean isOdd(ToolFragment fragment) {
    if (fragment.odd || fragment.index != fragment.place) {
      return true;
    }
    return fragment.first
        ? fragment.id.isEmpty() || !fragment.typed
        : fragment.hasId || (fragment.hasName && !fragment.names);
  }
}
