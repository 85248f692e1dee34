package dev.infermux.dialect.responses;

import dev.infermux.dialect.responses.ResponsesEventLog.NamedText;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import org.jspecify.annotations.Nullable;

/** What the model thought, shown as the summary of its reasoning. */
final class ThoughtItem extends OutputItem {

  private static final String PART = "response.reasoning_summary_part.";
  private static final String TEXT = "response.reasoning_summary_text.";
  private static final String PLACE = "summary_index";

  private final Growing text = new Growing();
  private JsonSlice complete = JsonSlice.of("\"\"");
  private boolean shown;
  private @Nullable JsonText seal;

  ThoughtItem(ResponsesEventLog log, int index, String id) {
    super(log, index, id);
  }

  void add(JsonText piece) {
    if (!shown) {
      shown = true;
      log.part(PART + "added", this, PLACE, 0, this::part);
    }
    text.add(piece);
    log.piece(TEXT + "delta", this, PLACE, 0, piece);
  }

  void seal(JsonText by) {
    JsonText before = seal;
    JsonOutput copy = new JsonOutput(by.length() + 2).openString();
    // Copied, since an event's texts do not outlive it; a long seal may come in pieces.
    seal = (before == null ? copy : copy.piece(before)).piece(by).closeString().slice().text();
  }

  boolean sealed() {
    return seal != null;
  }

  @Override
  protected void finish() {
    complete = text.complete();
    if (shown) {
      log.text(TEXT + "done", this, PLACE, 0, new NamedText("text", complete));
      log.part(PART + "done", this, PLACE, 0, this::part);
    }
  }

  private void part(JsonOutput json) {
    json.object().field("type", "summary_text").field("text", complete).endObject();
  }

  @Override
  void write(JsonOutput json, boolean done) {
    json.object().field("id", id()).field("type", "reasoning").name("summary").array();
    if (shown && done) {
      part(json);
    }
    json.endArray();
    if (seal != null) {
      json.field("encrypted_content", seal);
    }
    if (done) {
      json.field("status", "completed");
    }
    json.endObject();
  }
}
