package dev.infermux.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.responses.ResponsesEventLog.NamedText;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.json.JsonText;

/**
 * A call of a tool whose input is a text. Elsewhere it is a function of one argument, so that the
 * text is known only once the arguments are complete.
 */
final class CustomItem extends CallItem {

  private static final String TYPE = "response.custom_tool_call_input.";

  private final Growing arguments = new Growing();
  private JsonText input = JsonText.EMPTY;

  CustomItem(ResponsesEventLog log, int index, String id, String callId, CalledTool tool) {
    super(log, index, id, callId, tool);
  }

  @Override
  void add(JsonText piece) {
    arguments.add(piece);
  }

  @Override
  protected void finish() {
    input = input(arguments.complete().text());
    log.piece(TYPE + "delta", this, "", 0, input);
    JsonSlice whole = new JsonOutput(input.length() + 2).string(input).slice();
    log.text(TYPE + "done", this, "", 0, new NamedText("input", whole));
  }

  /** What a model has written that does not keep to the one argument is the input itself. */
  private static JsonText input(JsonText arguments) {
    try {
      JsonCursor json = new JsonCursor(arguments.decoded().getBytes(UTF_8));
      json.enterObject();
      while (json.nextField()) {
        if (json.name().equals(ResponsesToolsReader.INPUT) && json.kind() == JsonKind.STRING) {
          return json.text();
        }
        json.skip();
      }
    } catch (JsonSyntaxException notJson) {
      return arguments;
    }
    return arguments;
  }

  @Override
  void write(JsonOutput json, boolean done) {
    json.object().field("id", id()).field("type", "custom_tool_call");
    json.field("status", done ? "completed" : "in_progress");
    json.field("call_id", callId).field("input", input);
    tool.write(json);
    json.endObject();
  }
}
