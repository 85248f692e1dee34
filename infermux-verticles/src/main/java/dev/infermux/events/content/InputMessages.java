package dev.infermux.events.content;

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
import dev.infermux.dialect.chat.Turn.Role;
import dev.infermux.json.JsonText;

/** What was asked, in the JSON of the GenAI conventions. */
record InputMessages(Conversation asked) {

  /** The system's parts; empty without any. */
  String instructions() {
    ContentJson content = new ContentJson();
    content.json().array();
    boolean any = false;
    for (Turn turn : asked.turns()) {
      if (turn.role() == Role.SYSTEM) {
        turn.parts().forEach(part -> part(content, part));
        any = true;
      }
    }
    content.json().endArray();
    return any ? content.toString() : "";
  }

  String messages() {
    ContentJson content = new ContentJson();
    content.json().array();
    for (Turn turn : asked.turns()) {
      if (turn.role() == Role.SYSTEM || content.full()) {
        continue;
      }
      content.json().object().field("role", turn.role() == Role.USER ? "user" : "assistant");
      content.json().name("parts").array();
      turn.parts().forEach(part -> part(content, part));
      content.json().endArray().endObject();
    }
    content.json().endArray();
    return content.toString();
  }

  /** Empty without any. */
  String tools() {
    if (asked.tools().tools().isEmpty()) {
      return "";
    }
    ContentJson content = new ContentJson();
    content.json().array();
    for (Tool tool : asked.tools().tools()) {
      if (content.full()) {
        break;
      }
      content.json().object().field("type", "function").field("name", tool.name());
      if (tool.description() != null) {
        content.text("description", tool.description());
      }
      if (tool.schema() != null) {
        content.value("parameters", tool.schema());
      }
      content.json().endObject();
    }
    content.json().endArray();
    return content.toString();
  }

  private static void part(ContentJson content, ContentPart part) {
    if (content.full()) {
      return;
    }
    if (part instanceof Text text) {
      content.part("text", "content", text.text());
    } else if (part instanceof Refused refused) {
      content.part("text", "content", refused.text());
    } else if (part instanceof Thought thought) {
      content.part("reasoning", "content", thought.text());
    } else if (part instanceof ToolCall call) {
      content.json().object().field("type", "tool_call").field("id", call.id());
      content.json().field("name", call.name());
      content.value("arguments", call.arguments());
      content.json().endObject();
    } else if (part instanceof ToolResult result) {
      content.json().object().field("type", "tool_call_response").field("id", result.callId());
      content.json().name("response").array();
      result.content().forEach(inner -> part(content, inner));
      content.json().endArray().endObject();
    } else if (part instanceof Image image) {
      attached(content, "image", image.source());
    } else if (part instanceof Document document) {
      attached(content, "document", document.source());
    } else if (part instanceof Audio audio) {
      blob(content, "audio", "audio/" + audio.format(), audio.base64());
    }
  }

  private static void attached(ContentJson content, String modality, Source source) {
    if (source instanceof Source.Inline inline) {
      blob(content, modality, inline.mediaType(), inline.base64());
    } else if (source instanceof Source.Address address) {
      content.json().object().field("type", "uri").field("modality", modality);
      content.text("uri", address.url());
      content.json().endObject();
    } else if (source instanceof Source.FileId file) {
      content.json().object().field("type", "file").field("modality", modality);
      content.text("file_id", file.id());
      content.json().endObject();
    } else if (source instanceof Source.Plain plain) {
      content.part("text", "content", plain.text());
    }
  }

  /** The bytes themselves are left out; their number is not. */
  private static void blob(ContentJson content, String modality, String type, JsonText base64) {
    content.json().object().field("type", "blob").field("modality", modality);
    content.json().field("mime_type", type).field("content", "");
    content.json().field("size", base64.length() / 4L * 3).endObject();
  }
}
