package dev.infermux.dialect.openai;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;

/** Mends the calls of tools of a whole message: each has an id, a type, and arguments as text. */
final class ToolCallRepair {

  private final String prefix;
  private boolean open;
  private int number;

  /**
   * @param prefix of the ids of calls that have none
   */
  ToolCallRepair(String prefix, int choice) {
    this.prefix = choice == 0 ? prefix + "_" : prefix + "_" + choice + "_";
  }

  /** Writes the field, where there is any call. */
  void write(JsonSlice calls, JsonOutput out) {
    if (calls.kind() != JsonKind.ARRAY) {
      return;
    }
    JsonCursor json = calls.cursor();
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() != JsonKind.OBJECT) {
        json.skip();
        continue;
      }
      if (!open) {
        out.name("tool_calls").array();
        open = true;
      }
      call(json.value(), out);
      number++;
    }
    if (open) {
      out.endArray();
    }
  }

  private void call(JsonSlice call, JsonOutput out) {
    boolean identified = false;
    boolean typed = false;
    JsonCursor json = call.cursor();
    out.object();
    json.enterObject();
    while (json.nextField()) {
      boolean id = json.nameIs(OpenAiFields.ID);
      boolean type = json.nameIs(OpenAiFields.TYPE);
      boolean function = json.nameIs(OpenAiFields.FUNCTION) && json.kind() == JsonKind.OBJECT;
      String name = json.name();
      JsonSlice value = json.value();
      boolean says = value.kind() == JsonKind.STRING && value.length() > 2;
      if (function) {
        function(value, out.name("function"));
      } else if (says || !(id || type)) {
        identified |= id;
        typed |= type;
        out.name(JsonText.of(name)).value(value);
      }
    }
    if (!identified) {
      out.field("id", prefix + number);
    }
    if (!typed) {
      out.field("type", "function");
    }
    out.endObject();
  }

  private static void function(JsonSlice function, JsonOutput out) {
    boolean given = false;
    JsonCursor json = function.cursor();
    out.object();
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(OpenAiFields.ARGUMENTS)) {
        given = true;
        ToolJson.arguments(json.value(), "{}", out);
      } else {
        out.name(JsonText.of(json.name())).value(json.value());
      }
    }
    if (!given) {
      out.field("arguments", "{}");
    }
    out.endObject();
  }
}
