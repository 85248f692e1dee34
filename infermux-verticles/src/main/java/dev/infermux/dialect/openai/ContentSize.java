package dev.infermux.dialect.openai;

import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.ContentPart.Audio;
import dev.infermux.dialect.chat.ContentPart.Document;
import dev.infermux.dialect.chat.ContentPart.Image;
import dev.infermux.dialect.chat.ContentPart.Refused;
import dev.infermux.dialect.chat.ContentPart.Source;
import dev.infermux.dialect.chat.ContentPart.Text;
import dev.infermux.dialect.chat.ContentPart.Thought;
import dev.infermux.dialect.chat.ContentPart.ToolCall;
import dev.infermux.dialect.chat.ContentPart.ToolResult;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.ToolUse.Tool;
import dev.infermux.dialect.chat.Turn;
import java.util.List;

/** Estimates how long a request becomes, so that large ones are written without growing. */
final class ContentSize {

  private static final int FIXED = 512;
  private static final int PER_PART = 96;

  private ContentSize() {}

  static int of(Conversation asked) {
    int size = FIXED;
    for (Turn turn : asked.turns()) {
      size += PER_PART + of(turn.parts());
    }
    for (Tool tool : asked.tools().tools()) {
      size += 2 * PER_PART + tool.name().length();
      size += tool.description() == null ? 0 : tool.description().length();
      size += tool.schema().length();
    }
    return size;
  }

  private static int of(List<ContentPart> parts) {
    int size = 0;
    for (ContentPart part : parts) {
      size += PER_PART + of(part);
    }
    return size;
  }

  private static int of(ContentPart part) {
    if (part instanceof Text text) {
      return text.text().length();
    } else if (part instanceof Image image) {
      return of(image.source());
    } else if (part instanceof Document document) {
      return of(document.source());
    } else if (part instanceof Audio audio) {
      return audio.base64().length();
    } else if (part instanceof ToolCall call) {
      return call.id().length() + call.name().length() + call.arguments().length() * 9 / 8;
    } else if (part instanceof ToolResult result) {
      return result.callId().length() + of(result.content());
    } else if (part instanceof Refused refused) {
      return refused.text().length();
    }
    return part instanceof Thought thought ? thought.text().length() : 0;
  }

  private static int of(Source source) {
    if (source instanceof Source.Inline inline) {
      return inline.base64().length();
    } else if (source instanceof Source.Address address) {
      return address.url().length();
    }
    return source instanceof Source.Plain plain ? plain.text().length() : PER_PART;
  }
}
