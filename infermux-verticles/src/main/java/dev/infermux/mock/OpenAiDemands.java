package dev.infermux.mock;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.Conversation.ToolUse;
import dev.infermux.dialect.chat.Conversation.ToolUse.Mode;
import dev.infermux.dialect.chat.Conversation.ToolUse.Tool;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.mock.MockCall.Demands;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what a chat in OpenAI's dialect demands of its answer; a scan has found it sound. */
final class OpenAiDemands {

  private final List<Tool> tools = new ArrayList<>();
  private final Set<String> called = new LinkedHashSet<>();
  private Mode mode = Mode.AUTO;
  private String only = "";
  private @Nullable Boolean parallel;
  private @Nullable OutputFormat format;
  private boolean results;

  private OpenAiDemands() {}

  static Demands of(byte[] body) {
    OpenAiDemands demands = new OpenAiDemands();
    JsonCursor json = new JsonCursor(body);
    json.enterObject();
    while (json.nextField()) {
      switch (json.name()) {
        case "tools" -> each(json, demands::tool);
        case "tool_choice" -> demands.choice(json.value());
        case "parallel_tool_calls" -> demands.parallel = flag(json.value());
        case "response_format" -> demands.format(json.value());
        case "messages" -> each(json, demands::message);
        default -> json.skip();
      }
    }
    ToolUse use = new ToolUse(demands.tools, demands.mode, demands.only, demands.parallel);
    return new Demands(use, demands.format, demands.results, demands.called);
  }

  private void tool(JsonSlice tool) {
    JsonSlice function = field(tool, "function");
    if (function != null) {
      JsonSlice schema = field(function, "parameters");
      tools.add(
          new Tool(
              text(field(function, "name")),
              null,
              schema != null && schema.kind() == JsonKind.OBJECT ? schema : null,
              null));
    }
  }

  private void choice(JsonSlice choice) {
    JsonSlice allowed = field(choice, "allowed_tools");
    only = text(field(field(choice, "function"), "name"));
    String word = text(allowed == null ? choice : field(allowed, "mode"));
    mode =
        switch (word) {
          case "none" -> Mode.NONE;
          case "required" -> Mode.REQUIRED;
          default -> only.isEmpty() ? Mode.AUTO : Mode.NAMED;
        };
  }

  private void format(JsonSlice asked) {
    String type = text(field(asked, "type"));
    JsonSlice schema = field(field(asked, "json_schema"), "schema");
    if (type.equals("json_object") || type.equals("json_schema")) {
      format = new OutputFormat(schema, "", null, false);
    }
  }

  private void message(JsonSlice message) {
    switch (text(field(message, "role"))) {
      case "tool", "function" -> results = true;
      case "assistant" -> {
        results = false;
        JsonSlice calls = field(message, "tool_calls");
        if (calls != null) {
          each(calls.cursor(), call -> called.add(text(field(field(call, "function"), "name"))));
        }
      }
      default -> {
        results = false;
        called.clear();
      }
    }
  }

  private static void each(JsonCursor json, Consumer<JsonSlice> element) {
    if (json.kind() != JsonKind.ARRAY) {
      json.skip();
      return;
    }
    json.enterArray();
    while (json.nextElement()) {
      element.accept(json.value());
    }
  }

  private static @Nullable JsonSlice field(@Nullable JsonSlice object, String name) {
    if (object == null || object.kind() != JsonKind.OBJECT) {
      return null;
    }
    JsonCursor json = object.cursor();
    byte[] wanted = name.getBytes(US_ASCII);
    JsonSlice found = null;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(wanted)) {
        found = json.value();
      } else {
        json.skip();
      }
    }
    return found;
  }

  private static @Nullable Boolean flag(JsonSlice value) {
    return value.kind() == JsonKind.BOOLEAN ? (Boolean) value.cursor().booleanValue() : null;
  }

  private static String text(@Nullable JsonSlice value) {
    return value != null && value.kind() == JsonKind.STRING ? value.text().decoded() : "";
  }
}
