package dev.infermux.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.ContentPart.Source;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.Seals;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.dialect.chat.Turn.Role;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonText;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes the parts of a turn as blocks of content. */
final class MessageBlockWriter {

  private static final Set<String> IMAGES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

  private final JsonOutput json;
  private final Losses losses;

  MessageBlockWriter(JsonOutput json, Losses losses) {
    this.json = json;
    this.losses = losses;
  }

  /**
   * Writes a turn, unless nothing of it can be said.
   *
   * @param last whether the answer may begin with it
   */
  void turn(Turn turn, boolean last) {
    boolean assistant = turn.role() == Role.ASSISTANT;
    List<ContentPart> parts = turn.parts().stream().filter(this::isSaid).toList();
    if (parts.isEmpty()) {
      return;
    }
    json.object().field("role", assistant ? "assistant" : "user").name("content").array();
    for (int i = 0; i < parts.size(); i++) {
      part(parts.get(i), assistant && last && i == parts.size() - 1);
    }
    json.endArray().endObject();
  }

  /** Empty texts are errors, and a thought without Anthropic's own seal is one, too. */
  private boolean isSaid(ContentPart part) {
    if (part instanceof ContentPart.Text text) {
      return !text.text().isBlank();
    } else if (part instanceof ContentPart.Refused refused) {
      return !refused.text().isBlank();
    } else if (part instanceof ContentPart.Thought thought) {
      boolean own =
          Seals.of(MessageBlockReader.SIGNED, thought.seal()) != null
              || Seals.of(MessageBlockReader.REDACTED, thought.seal()) != null;
      if (!own) {
        losses.drop("messages.reasoning");
      }
      return own;
    }
    return true;
  }

  private void part(ContentPart part, boolean prefill) {
    if (part instanceof ContentPart.Text text) {
      text(prefill ? stripped(text.text()) : text.text());
    } else if (part instanceof ContentPart.Refused refused) {
      text(refused.text());
    } else if (part instanceof ContentPart.Image image) {
      json.object().field("type", "image");
      image(image.source());
      json.endObject();
    } else if (part instanceof ContentPart.Document document) {
      document(document);
    } else if (part instanceof ContentPart.ToolCall call) {
      call(call);
    } else if (part instanceof ContentPart.ToolResult result) {
      result(result);
    } else if (part instanceof ContentPart.Thought thought) {
      thought(thought);
    } else {
      throw Losses.refused("messages.content", "Anthropic takes no audio");
    }
  }

  private void text(JsonText text) {
    json.object().field("type", "text").field("text", text).endObject();
  }

  /** The beginning of an answer must not end in space. */
  private static JsonText stripped(JsonText text) {
    String decoded = text.decoded();
    String stripped = decoded.stripTrailing();
    return stripped.length() == decoded.length() ? text : JsonText.of(stripped);
  }

  private void call(ContentPart.ToolCall call) {
    if (call.arguments().kind() != JsonKind.OBJECT) {
      throw Losses.refused(
          "messages.tool_calls", "arguments that are no JSON object (expected: an object)");
    }
    json.object().field("type", "tool_use").field("id", id(call.id())).field("name", call.name());
    json.field("input", call.arguments()).endObject();
  }

  private void result(ContentPart.ToolResult result) {
    json.object().field("type", "tool_result").field("tool_use_id", id(result.callId()));
    List<ContentPart> content = result.content().stream().filter(this::isSaid).toList();
    if (content.size() == 1 && content.get(0) instanceof ContentPart.Text only) {
      json.field("content", only.text());
    } else if (!content.isEmpty()) {
      json.name("content").array();
      content.forEach(part -> part(part, false));
      json.endArray();
    }
    if (result.failed()) {
      json.field("is_error", true);
    }
    json.endObject();
  }

  private void thought(ContentPart.Thought thought) {
    JsonText signature = Seals.of(MessageBlockReader.SIGNED, thought.seal());
    JsonText data = Seals.of(MessageBlockReader.REDACTED, thought.seal());
    if (signature != null) {
      json.object().field("type", "thinking").field("thinking", thought.text());
      json.field("signature", signature).endObject();
    } else if (data != null) {
      json.object().field("type", "redacted_thinking").field("data", data).endObject();
    }
  }

  private void image(Source source) {
    if (source instanceof Source.Inline inline) {
      String type = mediaType(inline);
      String known = type.equals("image/jpg") ? "image/jpeg" : type;
      if (!IMAGES.contains(known)) {
        throw Losses.refused(
            "messages.content", "\"" + type + "\" (expected: a JPEG, PNG, GIF or WebP image)");
      }
      base64(known, inline.base64());
    } else {
      elsewhere(source);
    }
  }

  private void document(ContentPart.Document document) {
    json.object().field("type", "document");
    Source source = document.source();
    if (source instanceof Source.Plain plain) {
      plain(plain.text());
    } else if (source instanceof Source.Inline inline) {
      String type = mediaType(inline);
      if (type.equals("application/pdf")) {
        base64(type, inline.base64());
      } else if (type.startsWith("text/")) {
        plain(unpacked(inline.base64()));
      } else {
        throw Losses.refused(
            "messages.content", "\"" + type + "\" (expected: application/pdf or text/plain)");
      }
    } else {
      elsewhere(source);
    }
    JsonText name = document.name();
    if (name != null && !name.isEmpty()) {
      json.field("title", name);
    }
    json.endObject();
  }

  private void base64(String mediaType, JsonText data) {
    json.name("source").object().field("type", "base64").field("media_type", mediaType);
    json.field("data", clean(data)).endObject();
  }

  private void plain(JsonText text) {
    json.name("source").object().field("type", "text").field("media_type", "text/plain");
    json.field("data", text).endObject();
  }

  private void elsewhere(Source source) {
    if (source instanceof Source.Address address) {
      String url = address.url().decoded();
      if (!url.startsWith("https://") && !url.startsWith("http://")) {
        throw Losses.refused("messages.content", "a URL that is neither http nor data");
      }
      json.name("source").object().field("type", "url").field("url", url).endObject();
    } else {
      throw Losses.refused("messages.content", "a file id of another API");
    }
  }

  private static String mediaType(Source.Inline inline) {
    String type = inline.mediaType().toLowerCase(Locale.ROOT);
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip();
  }

  /** Base64 without the escapes and the white space that some writers put into it. */
  private static JsonText clean(JsonText data) {
    return data.indexOf('\\') < 0 && data.indexOf(' ') < 0
        ? data
        : JsonText.of(data.decoded().replaceAll("\\s", ""));
  }

  private static JsonText unpacked(JsonText base64) {
    try {
      return JsonText.of(new String(Base64.getMimeDecoder().decode(base64.decoded()), UTF_8));
    } catch (IllegalArgumentException e) {
      throw Losses.refused("messages.content", "a file that is no base64");
    }
  }

  /** Anthropic takes letters, digits, {@code _} and {@code -}. */
  private static String id(String id) {
    String clean = id.replaceAll("[^A-Za-z0-9_-]", "_");
    return clean.isEmpty() ? "_" : clean;
  }
}
