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

  /** One fragment as its chunk has it, and what it comes to; used again for later chunks. */
  static final class Fragment {
    private long index;
    private String id = "";
    private String name = "";
    private boolean hasId;
    private boolean hasName;
    private boolean typed;
    private boolean odd;
    private int place;
    private boolean first;
    private boolean names;
    private String knownId = "";
    private int argumentsFrom;
    private int argumentsTo;

    private void reset() {
      index = -1;
      id = "";
      name = "";
      hasId = false;
      hasName = false;
      typed = false;
      odd = false;
      argumentsFrom = 0;
      argumentsTo = 0;
    }

    /** Which of its choice's calls it belongs to. */
    int place() {
      return place;
    }

    /** Whether it begins its call. */
    boolean first() {
      return first;
    }

    /** Whether it says what kind of tool is called. */
    boolean typed() {
      return typed;
    }

    /** Whether its name is the call's first, or another piece of it. */
    boolean names() {
      return names;
    }

    /** The call's id. */
    String knownId() {
      return knownId;
    }
  }

  /** One call. */
  private static final class Call {
    private final String id;
    private final boolean given;
    private final ToolArguments arguments = new ToolArguments();
    private String name = "";

    Call(String id, boolean given) {
      this.id = id;
      this.given = given;
    }

    /** Whether a fragment with the call's index begins another one. */
    boolean isOtherThan(Fragment fragment) {
      if (fragment.name.isEmpty()) {
        return false;
      }
      if (fragment.id.isEmpty()) {
        return arguments.complete();
      }
      return given && !fragment.id.equals(id) && !(fragment.name.equals(name) && arguments.open());
    }

    /** Whether it has not had all of its arguments. */
    boolean goesOn() {
      return !arguments.complete();
    }
  }

  /** A choice's calls, and where the provider's indexes lead. */
  private static final class Calls {
    private final List<Call> all = new ArrayList<>();
    private final Map<Long, Integer> places = new HashMap<>();

    int begin(Fragment fragment, String prefix) {
      int place = all.size();
      boolean given = !fragment.id.isEmpty();
      all.add(new Call(given ? fragment.id : prefix + "_" + place, given));
      if (fragment.index >= 0) {
        places.put(fragment.index, place);
      }
      return place;
    }

    /** The place of a fragment without an index, by its id, its name, or where it stands. */
    int unnumbered(Fragment fragment, int position) {
      int last = all.size() - 1;
      if (!fragment.id.isEmpty()) {
        for (int i = last; i >= 0; i--) {
          if (all.get(i).id.equals(fragment.id)) {
            return i;
          }
        }
        if (!fragment.name.isEmpty()) {
          return -1;
        }
      }
      if (position <= last && continues(fragment, all.get(position))) {
        return position;
      }
      if (fragment.name.isEmpty()) {
        return last;
      }
      return last >= 0 && continues(fragment, all.get(last)) ? last : -1;
    }

    private static boolean continues(Fragment fragment, Call call) {
      return call.goesOn() && (fragment.name.isEmpty() || fragment.name.equals(call.name));
    }
  }

  private final String prefix;
  private final Map<Integer, Calls> choices = new HashMap<>();
  private final List<Fragment> fragments = new ArrayList<>();
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
  Fragment fragment(int number) {
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

  private Fragment next() {
    if (used == fragments.size()) {
      fragments.add(new Fragment());
    }
    Fragment fragment = fragments.get(used++);
    fragment.reset();
    return fragment;
  }

  private static long fragment(JsonCursor json, Fragment fragment) {
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

  private static long function(JsonCursor json, Fragment fragment) {
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
    for (int i = 0; placed < used; i++) {
      Fragment fragment = fragments.get(placed++);
      Calls calls = choices.computeIfAbsent(index, any -> new Calls());
      place(fragment, calls, i);
      Call call = calls.all.get(fragment.place);
      // A name that comes in pieces is put together by clients; one that is repeated is not.
      fragment.names = !fragment.name.isEmpty() && !fragment.name.equals(call.name);
      call.name = fragment.names ? fragment.name : call.name;
      odd |= fragment.odd || fragment.index != fragment.place;
      odd |=
          fragment.first
              ? fragment.id.isEmpty() || !fragment.typed
              : fragment.hasId || (fragment.hasName && !fragment.names);
      if (fragment.argumentsTo > 0) {
        call.arguments.take(chunk, fragment.argumentsFrom + 1, fragment.argumentsTo - 1);
      }
    }
    return odd;
  }

  private void place(Fragment fragment, Calls calls, int position) {
    int known =
        fragment.index < 0
            ? calls.unnumbered(fragment, position)
            : calls.places.getOrDefault(fragment.index, -1);
    boolean another =
        fragment.index >= 0 && known >= 0 && calls.all.get(known).isOtherThan(fragment);
    fragment.first = known < 0 || another;
    fragment.place = fragment.first ? calls.begin(fragment, prefix) : known;
    fragment.knownId = calls.all.get(fragment.place).id;
  }
}
