package dev.infermux.dialect.openai;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the reasons to end out of a chunk in the profile, because its choices went on. */
final class UnfinishedChunk {

  private static final JsonSlice NONE = JsonSlice.of("null");

  private final Map<Integer, String> reasons;
  private boolean says;

  private UnfinishedChunk(Map<Integer, String> reasons) {
    this.reasons = reasons;
  }

  /**
   * The chunk without its reasons; null when it says nothing else.
   *
   * @param reasons gets those that were taken out, by choice
   */
  static byte @Nullable [] of(byte[] chunk, Map<Integer, String> reasons) {
    UnfinishedChunk unfinished = new UnfinishedChunk(reasons);
    JsonOutput out = new JsonOutput(chunk.length + 16).object();
    JsonCursor json = new JsonCursor(chunk);
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(OpenAiFields.CHOICES) && json.kind() == JsonKind.ARRAY) {
        out.name("choices").array();
        json.enterArray();
        while (json.nextElement()) {
          unfinished.choice(json, out);
        }
        out.endArray();
      } else {
        out.name(JsonText.of(json.name())).value(json.value());
      }
    }
    return unfinished.says ? out.endObject().toBytes() : null;
  }

  private void choice(JsonCursor json, JsonOutput out) {
    int index = 0;
    String reason = "";
    out.object();
    json.enterObject();
    while (json.nextField()) {
      boolean ends = json.nameIs(OpenAiFields.FINISH_REASON);
      boolean content = json.nameIs(OpenAiFields.DELTA) || json.nameIs(OpenAiFields.TEXT);
      boolean number = json.nameIs(OpenAiFields.INDEX) && json.kind() == JsonKind.NUMBER;
      out.name(JsonText.of(json.name()));
      JsonSlice value = json.value();
      if (ends && value.kind() == JsonKind.STRING) {
        reason = value.text().decoded();
      } else if (number) {
        index = (int) OpenAiNumbers.whole(value.cursor(), 0);
      }
      says |= content && says(value);
      out.value(ends ? NONE : value);
    }
    out.endObject();
    if (!reason.isEmpty()) {
      reasons.put(index, reason);
    }
  }

  private static boolean says(JsonSlice content) {
    if (content.kind() != JsonKind.OBJECT) {
      return content.length() > 2;
    }
    boolean says = false;
    JsonCursor json = content.cursor();
    json.enterObject();
    while (json.nextField()) {
      JsonSlice value = json.value();
      says |= value.kind() != JsonKind.NULL && value.length() > 2;
    }
    return says;
  }
}
