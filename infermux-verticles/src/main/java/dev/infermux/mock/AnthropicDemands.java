package dev.infermux.mock;

import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.dialect.chat.ToolUse.Mode;
import dev.infermux.dialect.chat.ToolUse.Tool;
import dev.infermux.inference.RequestBody;
import dev.infermux.json.JsonSlice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a request for a message asks of its answer. */
final class AnthropicDemands {

  private AnthropicDemands() {}

  static MockCall call(RequestBody request) {
    JsonSlice body = new JsonSlice(request.bytes(), 0, request.bytes().length);
    List<JsonSlice> messages = FieldLookup.elements(FieldLookup.field(body, "messages"));
    SpokenTurns turns = new SpokenTurns();
    messages.forEach(message -> message(message, turns));
    List<Tool> tools = new ArrayList<>();
    for (JsonSlice tool : FieldLookup.elements(FieldLookup.field(body, "tools"))) {
      // Tools of the server have none.
      if (FieldLookup.isObject(FieldLookup.field(tool, "input_schema"))) {
        tools.add(OpenAiDemands.tool(tool, "input_schema"));
      }
    }
    return MockCall.chat(
        request,
        messages.isEmpty() ? "" : said(messages.get(messages.size() - 1)),
        turns.demands(use(tools, FieldLookup.field(body, "tool_choice")), format(body)));
  }

  private static void message(JsonSlice message, SpokenTurns turns) {
    List<JsonSlice> blocks = FieldLookup.elements(FieldLookup.field(message, "content"));
    switch (FieldLookup.text(message, "role")) {
      case "assistant" -> {
        turns.assistant();
        for (JsonSlice block : blocks) {
          if (isOf(block, "tool_use")) {
            turns.called(FieldLookup.text(block, "name"));
          }
        }
      }
      case "user" -> {
        if (blocks.stream().anyMatch(block -> isOf(block, "tool_result"))) {
          turns.result();
        } else {
          turns.user();
        }
      }
      default -> {}
    }
  }

  static boolean isOf(JsonSlice block, String type) {
    return FieldLookup.text(block, "type").equals(type);
  }

  /** Results of tools where there are any, else the text. */
  private static String said(JsonSlice message) {
    JsonSlice content = FieldLookup.field(message, "content");
    StringBuilder results = new StringBuilder();
    for (JsonSlice block : FieldLookup.elements(content)) {
      if (isOf(block, "tool_result")) {
        results.append(FieldLookup.said(FieldLookup.field(block, "content")));
      }
    }
    return results.length() > 0 ? results.toString() : FieldLookup.said(content);
  }

  private static ToolUse use(List<Tool> tools, @Nullable JsonSlice choice) {
    Mode mode =
        switch (FieldLookup.text(choice, "type")) {
          case "any" -> Mode.REQUIRED;
          case "tool" -> Mode.NAMED;
          case "none" -> Mode.NONE;
          default -> Mode.AUTO;
        };
    boolean alone = FieldLookup.isTrue(FieldLookup.field(choice, "disable_parallel_tool_use"));
    return new ToolUse(tools, mode, FieldLookup.text(choice, "name"), alone ? Boolean.FALSE : null);
  }

  private static @Nullable OutputFormat format(JsonSlice body) {
    JsonSlice format = FieldLookup.field(FieldLookup.field(body, "output_config"), "format");
    JsonSlice asked = format == null ? FieldLookup.field(body, "output_format") : format;
    return FieldLookup.text(asked, "type").equals("json_schema")
        ? new OutputFormat(FieldLookup.field(asked, "schema"), "", null, true)
        : null;
  }
}
