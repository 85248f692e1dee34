package dev.infermux.dialect.ollama;

import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes turns as a chat's messages: text of one piece, attachments beside it. */
final class OllamaMessageWriter {

  private static final JsonText NEW_LINE = JsonText.of("\n");

  private final JsonOutput out;
  private final Losses losses;

  /** The tools' names by the ids of their calls. */
  private final Map<String, String> called = new HashMap<>();

  private final List<JsonText> texts = new ArrayList<>();
  private final List<JsonText> media = new ArrayList<>();
  private final List<JsonText> thoughts = new ArrayList<>();
  private final List<ContentPart.ToolCall> calls = new ArrayList<>();

  OllamaMessageWriter(JsonOutput out, Losses losses) {
    this.out = out;
    this.losses = losses;
  }

  void turn(Turn turn) {
    String role =
        switch (turn.role()) {
          case SYSTEM -> "system";
          case USER -> "user";
          case ASSISTANT -> "assistant";
        };
    boolean results = false;
    for (ContentPart part : turn.parts()) {
      if (part instanceof ContentPart.ToolResult result) {
        flush(role, false);
        result(result);
        results = true;
      } else {
        take(part);
      }
    }
    flush(role, !results);
  }

  private void take(ContentPart part) {
    if (part instanceof ContentPart.Text text) {
      texts.add(text.text());
    } else if (part instanceof ContentPart.Refused refused) {
      texts.add(refused.text());
    } else if (part instanceof ContentPart.Image image) {
      media.add(inline(image.source(), "images"));
    } else if (part instanceof ContentPart.Audio audio) {
      media.add(audio.base64());
    } else if (part instanceof ContentPart.Document document) {
      texts.add(plain(document.source()));
    } else if (part instanceof ContentPart.Thought thought) {
      if (!thought.text().isEmpty()) {
        thoughts.add(thought.text());
      }
    } else if (part instanceof ContentPart.ToolCall call) {
      called.put(call.id(), call.name());
      calls.add(call);
    }
  }

  private void result(ContentPart.ToolResult result) {
    String tool = called.get(result.callId());
    if (tool == null) {
      throw Losses.refused("messages", "a tool's result without the call that it answers");
    }
    if (result.failed()) {
      losses.drop("is_error");
    }
    result.content().forEach(this::take);
    out.object().field("role", "tool");
    content();
    out.field("tool_name", tool).field("tool_call_id", result.callId());
    out.endObject();
    clear();
  }

  private void flush(String role, boolean always) {
    if (!always && texts.isEmpty() && media.isEmpty() && calls.isEmpty()) {
      return;
    }
    out.object().field("role", role);
    content();
    if (thoughts.stream().anyMatch(text -> !text.isEmpty())) {
      out.name("thinking");
      joined(thoughts);
    }
    if (!calls.isEmpty()) {
      out.name("tool_calls").array();
      for (int i = 0; i < calls.size(); i++) {
        call(i, calls.get(i));
      }
      out.endArray();
    }
    out.endObject();
    clear();
  }

  private void call(int index, ContentPart.ToolCall call) {
    out.object().field("id", call.id()).name("function").object();
    out.field("index", index).field("name", call.name()).field("arguments", call.arguments());
    out.endObject().endObject();
  }

  private void content() {
    out.name("content");
    joined(texts);
    if (!media.isEmpty()) {
      out.name("images").array();
      media.forEach(out::string);
      out.endArray();
    }
  }

  private void joined(List<JsonText> pieces) {
    out.openString();
    for (int i = 0; i < pieces.size(); i++) {
      if (i > 0) {
        out.piece(NEW_LINE);
      }
      out.piece(pieces.get(i));
    }
    out.closeString();
  }

  private void clear() {
    texts.clear();
    media.clear();
    thoughts.clear();
    calls.clear();
  }

  /** The server fetches nothing, and neither does the gateway. */
  static JsonText inline(ContentPart.Source source, String where) {
    if (source instanceof ContentPart.Source.Inline inline) {
      return inline.base64();
    }
    throw Losses.refused(where, "only bytes in the request itself reach a provider of type ollama");
  }

  private static JsonText plain(ContentPart.Source source) {
    if (source instanceof ContentPart.Source.Plain text) {
      return text.text();
    }
    throw Losses.refused("file", "only plain text reaches a provider of type ollama");
  }
}
