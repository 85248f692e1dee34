package dev.infermux.mock;

import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.ToolUse.Tool;
import dev.infermux.inference.RequestBody;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a request of the Responses API asks of its answer. */
final class ResponsesDemands {

  private ResponsesDemands() {}

  static MockCall call(RequestBody request) {
    JsonSlice body = new JsonSlice(request.bytes(), 0, request.bytes().length);
    JsonSlice input = FieldLookup.field(body, "input");
    SpokenTurns turns = new SpokenTurns();
    List<JsonSlice> items = FieldLookup.elements(input);
    items.forEach(item -> item(item, turns));
    List<Tool> tools = new ArrayList<>();
    for (JsonSlice tool : FieldLookup.elements(FieldLookup.field(body, "tools"))) {
      if (FieldLookup.text(tool, "type").equals("function")) {
        tools.add(OpenAiDemands.tool(tool, "parameters"));
      }
    }
    JsonSlice choice = FieldLookup.field(body, "tool_choice");
    String only =
        FieldLookup.text(choice, "type").equals("function") ? FieldLookup.text(choice, "name") : "";
    return MockCall.chat(
        request,
        items.isEmpty() ? FieldLookup.text(input) : said(items.get(items.size() - 1)),
        turns.demands(
            OpenAiDemands.choice(tools, choice, only)
                .use(FieldLookup.flag(FieldLookup.field(body, "parallel_tool_calls"))),
            format(FieldLookup.field(FieldLookup.field(body, "text"), "format"))));
  }

  private static void item(JsonSlice item, SpokenTurns turns) {
    String type = FieldLookup.text(item, "type");
    if (type.endsWith("_output")) {
      turns.result();
    } else if (type.endsWith("_call")) {
      turns.assistant();
      turns.called(FieldLookup.text(item, "name"));
    } else if (FieldLookup.text(item, "role").equals("assistant")) {
      turns.assistant();
    } else if (FieldLookup.text(item, "role").equals("user")) {
      turns.user();
    }
  }

  private static String said(JsonSlice item) {
    JsonSlice output = FieldLookup.field(item, "output");
    if (output != null && output.kind() == JsonKind.OBJECT) {
      return FieldLookup.text(output, "content");
    }
    return FieldLookup.said(output == null ? FieldLookup.field(item, "content") : output);
  }

  private static @Nullable OutputFormat format(@Nullable JsonSlice asked) {
    return switch (FieldLookup.text(asked, "type")) {
      case "json_object" -> new OutputFormat(null, "", null, false);
      case "json_schema" -> new OutputFormat(FieldLookup.field(asked, "schema"), "", null, false);
      default -> null;
    };
  }
}
