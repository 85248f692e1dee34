package dev.infermux.dialect.responses;

import dev.infermux.dialect.responses.ResponsesEventLog.NamedText;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;

/** A call of a function. */
final class FunctionItem extends CallItem {

  private static final String TYPE = "response.function_call_arguments.";
  private static final JsonText NONE = JsonText.of("{}");

  private final Growing arguments = new Growing();
  private JsonSlice complete = JsonSlice.of("\"\"");

  FunctionItem(ResponsesEventLog log, int index, String id, String callId, CalledTool tool) {
    super(log, index, id, callId, tool);
  }

  @Override
  void add(JsonText piece) {
    if (!piece.isEmpty()) {
      arguments.add(piece);
      log.piece(TYPE + "delta", this, "", 0, piece);
    }
  }

  @Override
  protected void finish() {
    if (arguments.isEmpty()) {
      add(NONE);
    }
    complete = arguments.complete();
    log.call(TYPE + "done", this, tool.name(), new NamedText("arguments", complete));
  }

  @Override
  void write(JsonOutput json, boolean done) {
    json.object().field("id", id()).field("type", "function_call");
    json.field("status", done ? "completed" : "in_progress");
    json.field("arguments", complete).field("call_id", callId);
    tool.write(json);
    json.endObject();
  }
}
