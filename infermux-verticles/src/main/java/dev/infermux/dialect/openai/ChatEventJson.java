package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEvent.CallArguments;
import dev.infermux.dialect.chat.ChatEvent.CallBegins;
import dev.infermux.dialect.chat.ChatEvent.Refusal;
import dev.infermux.dialect.chat.ChatEvent.Text;
import dev.infermux.dialect.chat.ChatEvent.Thinking;
import dev.infermux.json.JsonStrings;
import dev.infermux.json.JsonText;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What events say, as fields of a delta and as a whole message. */
final class ChatEventJson {

  private ChatEventJson() {}

  /** The fields of a delta; null = the event has none. */
  static @Nullable String delta(ChatEvent event) {
    if (event instanceof Text text) {
      return "\"content\":" + quoted(text.text());
    } else if (event instanceof Thinking thinking) {
      return "\"reasoning_content\":" + quoted(thinking.text());
    } else if (event instanceof Refusal refusal) {
      return "\"refusal\":" + quoted(refusal.text());
    } else if (event instanceof CallBegins call) {
      return "\"tool_calls\":[{\"index\":" + call.index() + "," + call(call) + "\"\"}}]";
    } else if (event instanceof CallArguments piece) {
      return "\"tool_calls\":[{\"index\":"
          + piece.index()
          + ",\"function\":{\"arguments\":"
          + quoted(piece.json())
          + "}}]";
    }
    return null;
  }

  private static String call(CallBegins call) {
    return "\"id\":"
        + JsonStrings.quoted(call.id())
        + ",\"type\":\"function\",\"function\":{\"name\":"
        + JsonStrings.quoted(call.name())
        + ",\"arguments\":";
  }

  /** The message that the events come to. */
  static String message(List<ChatEvent> events) {
    StringJoiner calls = new StringJoiner(",", ",\"tool_calls\":[", "]").setEmptyValue("");
    for (ChatEvent event : events) {
      if (event instanceof CallBegins call) {
        calls.add("{" + call(call) + "\"" + arguments(events, call.index()) + "\"}}");
      }
    }
    String text = joined(events, Text.class);
    String thoughts = joined(events, Thinking.class);
    String refusal = joined(events, Refusal.class);
    boolean silent = text.isEmpty() && (calls.length() > 0 || !refusal.isEmpty());
    return "{\"role\":\"assistant\",\"content\":"
        + (silent ? "null" : "\"" + text + "\"")
        + (thoughts.isEmpty() ? "" : ",\"reasoning_content\":\"" + thoughts + "\"")
        + ",\"refusal\":"
        + (refusal.isEmpty() ? "null" : "\"" + refusal + "\"")
        + calls
        + "}";
  }

  /** The text alone. */
  static String text(List<ChatEvent> events) {
    StringBuilder all = new StringBuilder();
    for (ChatEvent event : events) {
      all.append(event instanceof Text text ? text.text().decoded() : "");
    }
    return all.toString();
  }

  private static String joined(List<ChatEvent> events, Class<? extends ChatEvent> kind) {
    StringBuilder all = new StringBuilder();
    for (ChatEvent event : events) {
      if (kind.isInstance(event)) {
        all.append(spelt(event));
      }
    }
    return all.toString();
  }

  private static String spelt(ChatEvent event) {
    if (event instanceof Text text) {
      return spelt(text.text());
    } else if (event instanceof Thinking thinking) {
      return spelt(thinking.text());
    }
    return event instanceof Refusal refusal ? spelt(refusal.text()) : "";
  }

  private static String arguments(List<ChatEvent> events, int index) {
    StringBuilder all = new StringBuilder();
    for (ChatEvent event : events) {
      if (event instanceof CallArguments piece && piece.index() == index) {
        all.append(spelt(piece.json()));
      }
    }
    return all.toString();
  }

  private static String quoted(JsonText text) {
    return "\"" + spelt(text) + "\"";
  }

  private static String spelt(JsonText text) {
    return new String(text.bytes(), text.from(), text.length(), UTF_8);
  }
}
