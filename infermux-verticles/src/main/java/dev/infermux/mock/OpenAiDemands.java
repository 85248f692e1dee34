package dev.infermux.mock;

import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.Conversation.ToolUse;
import dev.infermux.dialect.chat.Conversation.ToolUse.Mode;
import dev.infermux.dialect.chat.Conversation.ToolUse.Tool;
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
    JsonFields.elements(JsonFields.field(body, "messages")).forEach(one -> message(one, turns));
    List<Tool> tools = new ArrayList<>();
    for (JsonSlice tool : JsonFields.elements(JsonFields.field(body, "tools"))) {
      JsonSlice function = JsonFields.field(tool, "function");
      if (function != null) {
        tools.add(tool(function, "parameters"));
      }
    }
    JsonSlice choice = JsonFields.field(body, "tool_choice");
    Boolean parallel = JsonFields.flag(JsonFields.field(body, "parallel_tool_calls"));
    return turns.demands(
        choice(tools, choice, JsonFields.text(JsonFields.field(choice, "function"), "name"))
            .use(parallel),
        format(JsonFields.field(body, "response_format")));
  }

  /** A function, whose arguments' schema has this name. */
  static Tool tool(JsonSlice function, String schema) {
    JsonSlice parameters = JsonFields.field(function, schema);
    return new Tool(
        JsonFields.text(function, "name"),
        null,
        JsonFields.isObject(parameters) ? parameters : null,
        null);
  }

  private static void message(JsonSlice message, SpokenTurns turns) {
    switch (JsonFields.text(message, "role")) {
      case "tool", "function" -> turns.result();
      case "assistant" -> {
        turns.assistant();
        JsonFields.elements(JsonFields.field(message, "tool_calls"))
            .forEach(call -> turns.called(name(call)));
      }
      case "user" -> turns.user();
      default -> {}
    }
  }

  private static String name(JsonSlice call) {
    return JsonFields.text(JsonFields.field(call, "function"), "name");
  }

  /** A choice of tools as OpenAI spells it; {@code only} is the function that it names. */
  static Chosen choice(List<Tool> tools, @Nullable JsonSlice choice, String only) {
    JsonSlice allowed = JsonFields.field(choice, "allowed_tools");
    String word = JsonFields.text(choice);
    if (word.isEmpty()) {
      word = JsonFields.text(allowed == null ? choice : allowed, "mode");
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
    return switch (JsonFields.text(asked, "type")) {
      case "json_object" -> new OutputFormat(null, "", null, false);
      case "json_schema" ->
          new OutputFormat(
              JsonFields.field(JsonFields.field(asked, "json_schema"), "schema"), "", null, false);
      default -> null;
    };
  }
}
