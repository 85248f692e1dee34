package dev.infermux.dialect.responses;

import dev.infermux.dialect.responses.ResponsesEventLog.NamedText;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/** A message of the model: texts, and refusals. */
final class MessageItem extends OutputItem {

  private static final String PLACE = "content_index";
  private static final JsonSlice NOTHING = JsonSlice.of("\"\"");

  private final List<Part> parts = new ArrayList<>(1);
  private boolean complete = true;

  MessageItem(ResponsesEventLog log, int index, String id) {
    super(log, index, id);
  }

  void add(JsonText piece, boolean refusal) {
    Part part = part(refusal);
    part.text.add(piece);
    log.piece(part.event("delta"), this, PLACE, parts.size() - 1, piece);
  }

  private Part part(boolean refusal) {
    Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
    if (last != null && last.refusal == refusal) {
      return last;
    }
    finish();
    Part added = new Part(refusal);
    parts.add(added);
    log.part("response.content_part.added", this, PLACE, parts.size() - 1, added::write);
    complete = false;
    return added;
  }

  @Override
  protected void finish() {
    if (complete) {
      return;
    }
    complete = true;
    int at = parts.size() - 1;
    Part part = parts.get(at);
    part.complete = part.text.complete();
    log.text(part.event("done"), this, PLACE, at, new NamedText(part.field(), part.complete));
    log.part("response.content_part.done", this, PLACE, at, part::write);
  }

  @Override
  void write(JsonOutput json, boolean done) {
    json.object().field("id", id()).field("type", "message");
    json.field("status", done ? "completed" : "in_progress").name("content").array();
    for (Part part : parts) {
      part.write(json);
    }
    json.endArray().field("role", "assistant").endObject();
  }

  private static final class Part {
    private final boolean refusal;
    private final Growing text = new Growing();
    private JsonSlice complete = NOTHING;

    Part(boolean refusal) {
      this.refusal = refusal;
    }

    String event(String what) {
      return (refusal ? "response.refusal." : "response.output_text.") + what;
    }

    String field() {
      return refusal ? "refusal" : "text";
    }

    void write(JsonOutput json) {
      json.object().field("type", refusal ? "refusal" : "output_text");
      if (!refusal) {
        json.name("annotations").array().endArray().name("logprobs").array().endArray();
      }
      json.field(field(), complete).endObject();
    }
  }
}
