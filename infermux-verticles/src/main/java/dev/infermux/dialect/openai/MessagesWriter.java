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
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes turns as a chat's messages. Results of tools are messages of their own, in texts alone:
 * what else they hold goes into the user's message that follows them.
 */
final class MessagesWriter {

  private final JsonOutput out;
  private final String model;
  private final Losses losses;

  MessagesWriter(JsonOutput out, String model, Losses losses) {
    this.out = out;
    this.model = model;
    this.losses = losses;
  }

  void turns(List<Turn> turns) {
    for (Turn turn : turns) {
      switch (turn.role()) {
        case SYSTEM -> message("system", turn.parts());
        case USER -> user(turn.parts());
        case ASSISTANT -> assistant(turn.parts());
      }
    }
  }

  private void user(List<ContentPart> parts) {
    List<ContentPart> own = new ArrayList<>();
    boolean results = false;
    for (ContentPart part : parts) {
      if (part instanceof ToolResult result) {
        results = true;
        own.addAll(result(result));
      } else {
        own.add(part);
      }
    }
    if (!results || !own.isEmpty()) {
      message("user", own);
    }
  }

  /** Writes what a tool said; what it showed is given back. */
  private List<ContentPart> result(ToolResult result) {
    List<ContentPart> texts = new ArrayList<>();
    List<ContentPart> shown = new ArrayList<>();
    for (ContentPart part : result.content()) {
      (part instanceof Text ? texts : shown).add(part);
    }
    if (result.failed()) {
      losses.drop("is_error");
    }
    out.object().field("role", "tool").field("tool_call_id", result.callId()).name("content");
    content(texts);
    out.endObject();
    return shown;
  }

  private void message(String role, List<ContentPart> parts) {
    out.object().field("role", role).name("content");
    content(parts);
    out.endObject();
  }

  /** One text is a string, since some servers take nothing else. */
  private void content(List<ContentPart> parts) {
    if (parts.isEmpty()) {
      out.string("");
    } else if (parts.size() == 1 && parts.get(0) instanceof Text text) {
      out.string(text.text());
    } else {
      out.array();
      parts.forEach(this::part);
      out.endArray();
    }
  }

  private void part(ContentPart part) {
    if (part instanceof Text text) {
      out.object().field("type", "text").field("text", text.text()).endObject();
    } else if (part instanceof Image image) {
      out.object().field("type", "image_url").name("image_url").object().name("url");
      url(image.source(), "image");
      out.endObject().endObject();
    } else if (part instanceof Audio audio) {
      out.object().field("type", "input_audio").name("input_audio").object();
      out.field("data", audio.base64()).field("format", audio.format()).endObject().endObject();
    } else if (part instanceof Document document) {
      document(document);
    } else {
      throw Losses.refused("messages.content", "a part that no chat message has");
    }
  }

  private void document(Document document) {
    if (document.source() instanceof Source.Plain plain) {
      out.object().field("type", "text").field("text", plain.text()).endObject();
      return;
    }
    if (document.source() instanceof Source.Address) {
      throw Losses.refused("document", "chats take files in the request only, not by address");
    }
    out.object().field("type", "file").name("file").object();
    if (document.name() == null) {
      out.field("filename", "document");
    } else {
      out.field("filename", document.name());
    }
    out.name("file_data");
    url(document.source(), "document");
    out.endObject().endObject();
  }

  private void url(Source source, String field) {
    if (source instanceof Source.Inline inline) {
      out.openString().piece("data:").piece(inline.mediaType()).piece(";base64,");
      out.piece(inline.base64()).closeString();
    } else if (source instanceof Source.Address address) {
      out.string(address.url());
    } else {
      throw Losses.refused(field, "the file is at another provider");
    }
  }

  /** Texts are one string; thoughts have no place, save those that a model wants back. */
  private void assistant(List<ContentPart> parts) {
    out.object().field("role", "assistant").name("content");
    boolean calls = parts.stream().anyMatch(ToolCall.class::isInstance);
    boolean open = false;
    for (ContentPart part : parts) {
      JsonText text = said(part);
      if (text != null) {
        if (!open) {
          out.openString();
          open = true;
        }
        out.piece(text);
      }
    }
    if (open) {
      out.closeString();
    } else if (calls) {
      out.nothing();
    } else {
      out.string("");
    }
    thoughts(parts);
    if (calls) {
      out.name("tool_calls").array();
      JsonSlice extra = null;
      for (ContentPart part : parts) {
        if (part instanceof Thought thought) {
          extra = ReturnedThoughts.wants(model, thought) ? ReturnedThoughts.extra(thought) : null;
        } else if (part instanceof ToolCall call) {
          call(call, extra);
          extra = null;
        }
      }
      out.endArray();
    }
    out.endObject();
  }

  private void thoughts(List<ContentPart> parts) {
    boolean open = false;
    for (ContentPart part : parts) {
      if (part instanceof Thought thought
          && !thought.text().isEmpty()
          && ReturnedThoughts.wants(model, thought)) {
        if (!open) {
          out.name("reasoning_content").openString();
          open = true;
        }
        out.piece(thought.text());
      }
    }
    if (open) {
      out.closeString();
    }
  }

  private @Nullable JsonText said(ContentPart part) {
    if (part instanceof Text text) {
      return text.text();
    } else if (part instanceof Refused refused) {
      return refused.text();
    } else if (part instanceof Thought thought) {
      if (!ReturnedThoughts.wants(model, thought)) {
        losses.drop("thinking");
      }
      return null;
    } else if (part instanceof ToolCall) {
      return null;
    }
    throw Losses.refused("messages.content", "a model's turn that is not text");
  }

  private void call(ToolCall call, @Nullable JsonSlice extra) {
    out.object().field("id", call.id()).field("type", "function").name("function").object();
    out.field("name", call.name()).name("arguments").stringOf(call.arguments());
    out.endObject().field("extra_content", extra).endObject();
  }
}
