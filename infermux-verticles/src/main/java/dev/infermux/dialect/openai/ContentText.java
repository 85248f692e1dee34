package dev.infermux.dialect.openai;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of a message or a delta as text: that of an array of parts is what its parts say.
 * Thoughts, which Mistral has among the parts, become a field of their own.
 */
final class ContentText {

  private final List<JsonText> texts = new ArrayList<>();
  private final List<JsonText> thoughts = new ArrayList<>();

  private ContentText() {}

  /** Writes the field, and one for thoughts where there are any. */
  static void write(JsonSlice content, JsonOutput out) {
    JsonKind kind = content.kind();
    if (kind != JsonKind.ARRAY && kind != JsonKind.OBJECT) {
      boolean text = kind == JsonKind.STRING || kind == JsonKind.NULL;
      if (text) {
        out.field("content", content);
      } else {
        out.field("content", content.toString());
      }
      return;
    }
    ContentText said = new ContentText();
    said.read(content.cursor(), false);
    if (!said.thoughts.isEmpty()) {
      joined(said.thoughts, out.name("reasoning_content"));
    }
    if (said.texts.isEmpty() && !said.thoughts.isEmpty()) {
      out.name("content").nothing();
    } else {
      joined(said.texts, out.name("content"));
    }
  }

  private static void joined(List<JsonText> pieces, JsonOutput out) {
    out.openString();
    pieces.forEach(out::piece);
    out.closeString();
  }

  private void read(JsonCursor json, boolean thought) {
    switch (json.kind()) {
      case STRING -> (thought ? thoughts : texts).add(json.text());
      case ARRAY -> {
        json.enterArray();
        while (json.nextElement()) {
          read(json, thought);
        }
      }
      case OBJECT -> {
        json.enterObject();
        while (json.nextField()) {
          switch (json.name()) {
            case "text", "content" -> read(json, thought);
            case "thinking", "reasoning" -> read(json, true);
            default -> json.skip();
          }
        }
      }
      default -> json.skip();
    }
  }
}
