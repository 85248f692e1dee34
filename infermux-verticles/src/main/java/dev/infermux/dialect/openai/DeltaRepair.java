package dev.infermux.dialect.openai;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;

/** Mends the deltas of the chunk that was read last: their roles, texts and fragments of calls. */
final class DeltaRepair {

  private final ChoiceStates states;
  private final ToolFragments fragments;
  private int next;

  DeltaRepair(ChoiceStates states, ToolFragments fragments) {
    this.states = states;
    this.fragments = fragments;
  }

  void newChunk() {
    next = 0;
  }

  /** Writes a delta; of what is no object, an empty one. */
  void write(JsonSlice delta, int choice, JsonOutput out) {
    boolean greets = states.greet(choice);
    out.object();
    if (greets) {
      out.field("role", "assistant");
    }
    if (delta.kind() == JsonKind.OBJECT) {
      JsonCursor json = delta.cursor();
      json.enterObject();
      while (json.nextField()) {
        field(json, greets || !states.beginsNow(choice), out);
      }
    }
    out.endObject();
  }

  private void field(JsonCursor json, boolean roleless, JsonOutput out) {
    if (json.nameIs(OpenAiFields.ROLE) && roleless) {
      json.skip();
    } else if (json.nameIs(OpenAiFields.CONTENT)) {
      ContentText.write(json.value(), out);
    } else if (json.nameIs(OpenAiFields.TOOL_CALLS)) {
      calls(json.value(), out);
    } else {
      out.name(JsonText.of(json.name())).value(json.value());
    }
  }

  private void calls(JsonSlice value, JsonOutput out) {
    if (value.kind() != JsonKind.ARRAY) {
      return;
    }
    JsonCursor json = value.cursor();
    json.enterArray();
    boolean any = false;
    while (json.nextElement()) {
      if (json.kind() != JsonKind.OBJECT) {
        json.skip();
        continue;
      }
      if (!any) {
        out.name("tool_calls").array();
      }
      any = true;
      call(json, fragments.fragment(next++), out);
    }
    if (any) {
      out.endArray();
    }
  }

  private static void call(JsonCursor json, ToolFragment fragment, JsonOutput out) {
    out.object().field("index", fragment.place);
    if (fragment.first) {
      out.field("id", fragment.knownId);
    }
    if (fragment.first && !fragment.typed) {
      out.field("type", "function");
    }
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(OpenAiFields.INDEX)
          || json.nameIs(OpenAiFields.ID)
          || (json.nameIs(OpenAiFields.TYPE) && !fragment.typed)) {
        json.skip();
      } else if (json.nameIs(OpenAiFields.FUNCTION) && json.kind() == JsonKind.OBJECT) {
        function(json, fragment, out.name("function"));
      } else {
        out.name(JsonText.of(json.name())).value(json.value());
      }
    }
    out.endObject();
  }

  private static void function(JsonCursor json, ToolFragment fragment, JsonOutput out) {
    out.object();
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(OpenAiFields.NAME) && !fragment.first && !fragment.names) {
        json.skip();
      } else if (json.nameIs(OpenAiFields.ARGUMENTS)) {
        ToolJson.arguments(json.value(), "", out);
      } else {
        out.name(JsonText.of(json.name())).value(json.value());
      }
    }
    out.endObject();
  }
}
