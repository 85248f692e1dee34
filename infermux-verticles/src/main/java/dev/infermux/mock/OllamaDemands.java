package dev.infermux.mock;

import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.dialect.chat.ToolUse.Mode;
import dev.infermux.dialect.chat.ToolUse.Tool;
import dev.infermux.inference.RequestBody;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a request in Ollama's dialect asks of its answer. */
final class OllamaDemands {

  private OllamaDemands() {}

  static MockCall chat(RequestBody request, JsonSlice body) {
    List<JsonSlice> messages = FieldLookup.elements(FieldLookup.field(body, "messages"));
    SpokenTurns turns = new SpokenTurns();
    messages.forEach(message -> OpenAiDemands.message(message, turns));
    List<Tool> tools = new ArrayList<>();
    for (JsonSlice tool : FieldLookup.elements(FieldLookup.field(body, "tools"))) {
      JsonSlice function = FieldLookup.field(tool, "function");
      if (function != null) {
        tools.add(OpenAiDemands.tool(function, "parameters"));
      }
    }
    String last =
        messages.isEmpty() ? "" : FieldLookup.text(messages.get(messages.size() - 1), "content");
    ToolUse use = new ToolUse(tools, Mode.AUTO, "", null);
    return MockCall.chat(request, last, turns.demands(use, format(body)));
  }

  static MockCall generate(RequestBody request, JsonSlice body) {
    return MockCall.chat(
        request,
        FieldLookup.text(body, "prompt"),
        new SpokenTurns().demands(ToolUse.NONE, format(body)));
  }

  /** Texts to embed, in the field of this name. */
  static MockCall embed(RequestBody request, JsonSlice body, String field) {
    JsonSlice input = FieldLookup.field(body, field);
    List<String> texts = new ArrayList<>();
    if (input != null && input.kind() == JsonKind.STRING) {
      texts.add(FieldLookup.text(input));
    }
    FieldLookup.elements(input).forEach(text -> texts.add(FieldLookup.text(text)));
    return MockCall.embeddings(request, texts, (int) FieldLookup.number(body, "dimensions"));
  }

  /** A schema, or the word {@code json}. */
  private static @Nullable OutputFormat format(JsonSlice body) {
    JsonSlice format = FieldLookup.field(body, "format");
    if (FieldLookup.isObject(format)) {
      return new OutputFormat(format, "", null, true);
    }
    return FieldLookup.text(format).equals("json") ? new OutputFormat(null, "", null, false) : null;
  }
}
