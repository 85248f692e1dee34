package dev.infermux.dialect.ollama;

import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.json.JsonOutput;

/** Writes a chat's tools; that one of them must be called cannot be said. */
final class OllamaToolWriter {

  private OllamaToolWriter() {}

  /** Writes the field, or nothing where none is offered. */
  static void write(ToolUse use, JsonOutput out, Losses losses) {
    if (use.tools().isEmpty() || use.mode() == ToolUse.Mode.NONE) {
      return;
    }
    if (use.mode() != ToolUse.Mode.AUTO) {
      losses.drop("tool_choice");
    }
    if (Boolean.FALSE.equals(use.parallel())) {
      losses.drop("parallel_tool_calls");
    }
    out.name("tools").array();
    for (ToolUse.Tool tool : use.tools()) {
      if (Boolean.TRUE.equals(tool.strict())) {
        losses.drop("tools.strict");
      }
      out.object().field("type", "function").name("function").object().field("name", tool.name());
      if (tool.description() != null) {
        out.field("description", tool.description());
      }
      out.field("parameters", tool.schema());
      out.endObject().endObject();
    }
    out.endArray();
  }
}
