package dev.infermux.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows the calls of tools in one stream, whose fragments clients put together: a choice's calls
 * count from 0, and the first fragment of each, and no other, has its id and its name.
 */
final class ToolFragments {

  /** One fragment as its chunk has it. */
  private static final class Fragment {
    private long index = -1;
    private String id = "";
    private String name = "";
    private boolean typed;
    private int place;
    private boolean first;
    private String knownId = "";
  }

  /** A choice's calls: their ids, and where the provider's indexes lead. */
  private static final class Calls {
    private final List<String> ids = new ArrayList<>();
    private final Map<Long, Integer> places = new HashMap<>();
  }

  private final String prefix;
  private final Map<Integer, Calls> choices = new HashMap<>();
  private final List<Fragment> chunk = new ArrayList<>();
  private final List<Fragment> choice = new ArrayList<>();

  /**
   * @param prefix of the ids of calls that have none
   */
  ToolFragments(String prefix) {
    this.prefix = prefix;
  }

  void newChunk() {
    chunk.clear();
    choice.clear();
  }

  /** Consumes the value of {@code tool_calls}; returns the characters written in it. */
  long read(JsonCursor json) {
    long characters = 0;
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() == JsonKind.OBJECT) {
        Fragment fragment = new Fragment();
        choice.add(fragment);
        characters += fragment(json, fragment);
      } else {
        json.skip();
      }
    }
    return characters;
  }

  private static long fragment(JsonCursor json, Fragment fragment) {
    long characters = 0;
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      JsonKind kind = json.kind();
      if (kind == JsonKind.NUMBER && name.equals("index")) {
        fragment.index = json.longValue();
      } else if (kind == JsonKind.STRING && name.equals("id")) {
        fragment.id = json.string();
      } else if (kind == JsonKind.OBJECT && name.equals("function")) {
        characters += function(json, fragment);
      } else {
        fragment.typed |= kind == JsonKind.STRING && name.equals("type");
        characters += ContentReader.field(json);
      }
    }
    return characters;
  }

  private static long function(JsonCursor json, Fragment fragment) {
    long characters = 0;
    json.enterObject();
    while (json.nextField()) {
      if (json.kind() == JsonKind.STRING && json.name().equals("name")) {
        fragment.name = json.string();
      } else {
        characters += ContentReader.field(json);
      }
    }
    return characters;
  }

  /** Gives the fragments that were read since the last time to a choice; whether one is odd. */
  boolean belongTo(int index) {
    boolean odd = false;
    for (int i = 0; i < choice.size(); i++) {
      Fragment fragment = choice.get(i);
      Calls calls = choices.computeIfAbsent(index, any -> new Calls());
      place(fragment, calls, fragment.index < 0 ? i : fragment.index);
      odd |= fragment.index != fragment.place;
      odd |=
          fragment.first
              ? fragment.id.isEmpty() || !fragment.typed
              : !fragment.id.isEmpty() || !fragment.name.isEmpty();
    }
    chunk.addAll(choice);
    choice.clear();
    return odd;
  }

  private void place(Fragment fragment, Calls calls, long index) {
    Integer known = calls.places.get(index);
    boolean another =
        known != null
            && !fragment.id.isEmpty()
            && !fragment.name.isEmpty()
            && !fragment.id.equals(calls.ids.get(known));
    fragment.first = known == null || another;
    if (fragment.first) {
      fragment.place = calls.ids.size();
      fragment.knownId = fragment.id.isEmpty() ? prefix + "_" + fragment.place : fragment.id;
      calls.ids.add(fragment.knownId);
      calls.places.put(index, fragment.place);
    } else {
      fragment.place = known == null ? 0 : known;
    }
  }

  /** Brings the fragments of the chunk that was read last into the profile, in its tree. */
  void repair(JsonNode tree) {
    int next = 0;
    for (JsonNode one : tree.path("choices")) {
      for (JsonNode call : one.path("delta").path("tool_calls")) {
        if (call instanceof ObjectNode object && next < chunk.size()) {
          repair(object, chunk.get(next++));
        }
      }
    }
  }

  private static void repair(ObjectNode call, Fragment fragment) {
    call.put("index", fragment.place);
    if (fragment.first) {
      call.put("id", fragment.knownId);
      if (!fragment.typed) {
        call.put("type", "function");
      }
      return;
    }
    call.remove("id");
    if (call.path("function") instanceof ObjectNode function) {
      function.remove("name");
    }
  }
}
