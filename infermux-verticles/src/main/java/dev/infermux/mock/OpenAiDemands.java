package dev.infermux.mock;

import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.dialect.chat.ToolUse.Mode;
import dev.infermux.dialect.chat.ToolUse.Tool;
import dev.infermux.json.JsonSlice;
import dev.infermux.mock.MockCall.Demands;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a chat in OpenAI's dialect demands of its answer. */
final class OpenAiDemands {

  private OpenAiDemands() {}

  static Demands of(byte[] bytes) {
    JsonSlice body = new JsonSlice(bytes, 0, bytes.length);
    SpokenTurns turns = new SpokenTurns();
    FieldLookup.elements(FieldLookup.field(body, "messages")).forEach(one -> message(one, turns));
    List<Tool> tools = new ArrayList<>();
    for (JsonSlice tool : FieldLookup.elements(FieldLookup.field(body, "tools"))) {
      JsonSlice function = FieldLookup.field(tool, "function");
      if (function != null) {
        tools.add(tool(function, "parameters"));
      }
    }
    JsonSlice choice = FieldLookup.field(body, "tool_choice");
    Boolean parallel = FieldLookup.flag(FieldLookup.field(body, "parallel_tool_calls"));
    return turns.demands(
        choice(tools, choice, FieldLookup.text(FieldLookup.field(choice, "function"), "name"))
            .use(parallel),
        format(FieldLookup.field(body, "response_format")));
  }

  /** A function, whose arguments' schema has this name. */
  static Tool tool(JsonSlice function, String schema) {
    JsonSlice parameters = FieldLookup.field(function, schema);
    return Tool.of(
        FieldLookup.text(function, "name"),
        null,
        FieldLookup.isObject(parameters) ? parameters : null,
        null);
  }

  /** Notes who speaks in a message. */
  static void message(JsonSlice message, SpokenTurns turns) {
    switch (FieldLookup.text(message, "role")) {
      case "tool", "function" -> turns.result();
      case "assistant" -> {
        turns.assistant();
        FieldLookup.elements(FieldLookup.field(message, "tool_calls"))
            .forEach(call -> turns.called(name(call)));
      }
      case "user" -> turns.user();
      default -> {}
    }
  }

  private static String name(JsonSlice call) {
    return FieldLookup.text(FieldLookup.field(call, "function"), "name");
  }

  /** A choice of tools as OpenAI spells it; {@code only} is the function that it names. */
  static Chosen choice(List<Tool> tools, @Nullable JsonSlice choice, String only) {
    JsonSlice allowed = FieldLookup.field(choice, "allowed_tools");
    String word = FieldLookup.text(choice);
    if (word.isEmpty()) {
      word = FieldLookup.text(allowed == null ? choice : allowed, "mode");
    }
    Mode mode =
        switch (word) {
          case "none" -> Mode.NONE;
          case "required" -> Mode.REQUIRED;
          default -> only.isEmpty() ? Mode.AUTO : Mode.NAMED;
        };
    return new Chosen(tools, mode, only);
  }

  /** Tools and the choice among them. */
  record Chosen(List<Tool> tools, Mode mode, String only) {
    ToolUse use(@Nullable Boolean parallel) {
      return new ToolUse(tools, mode, only, parallel);
    }
  }

  private static @Nullable OutputFormat format(@Nullable JsonSlice asked) {
    return switch (FieldLookup.text(asked, "type")) {
      case "json_object" -> new OutputFormat(null, "", null, false);
      case "json_schema" ->
          new OutputFormat(
              FieldLookup.field(FieldLookup.field(asked, "json_schema"), "schema"),
              "",
              null,
              false);
      default -> null;
    };
  }
}
