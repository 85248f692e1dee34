package dev.infermux.dialect.ollama;

import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventWriter;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;

/** Writes one answer as lines, the last of which is done and has the counts. */
final class OllamaStreamWriter implements ChatEventWriter {

  private final boolean chat;
  private final OllamaAnswer answer;
  private final OllamaCallCollector open = new OllamaCallCollector();

  OllamaStreamWriter(boolean chat, OllamaAnswer answer) {
    this.chat = chat;
    this.answer = answer;
  }

  @Override
  public void write(ChatEvent event, FrameWriter out) {
    answer.note(event);
    if (event instanceof ChatEvent.Text said) {
      said(chat ? "content" : "response", said.text(), out);
    } else if (event instanceof ChatEvent.Refusal refusal) {
      said(chat ? "content" : "response", refusal.text(), out);
    } else if (event instanceof ChatEvent.Thinking thought) {
      said("thinking", thought.text(), out);
    } else if (event instanceof ChatEvent.CallBegins call) {
      open.begins(call);
    } else if (event instanceof ChatEvent.CallArguments piece) {
      open.piece(piece);
    } else if (event instanceof ChatEvent.CallEnds end) {
      called(end.index(), out);
    } else if (event instanceof ChatEvent.Finish finish) {
      open.finish(finish.reason());
    } else if (event instanceof ChatEvent.Over) {
      over(out);
    }
  }

  private void said(String field, JsonText text, FrameWriter out) {
    if (text.isEmpty()) {
      return;
    }
    JsonOutput line = begin();
    if (field.equals("thinking")) {
      line.field(chat ? "content" : "response", "");
    }
    more(line.field(field, text), out);
  }

  private void called(int index, FrameWriter out) {
    JsonSlice call = open.ends(index);
    if (call != null) {
      JsonOutput line = begin().field(chat ? "content" : "response", "");
      more(line.name("tool_calls").array().value(call).endArray(), out);
    }
  }

  private void over(FrameWriter out) {
    JsonOutput line = begin().field(chat ? "content" : "response", "");
    if (chat) {
      line.endObject();
    }
    answer.end(line);
    out.write(line.toBytes());
  }

  private JsonOutput begin() {
    JsonOutput line = answer.begin();
    return chat ? line.name("message").object().field("role", "assistant") : line;
  }

  private void more(JsonOutput line, FrameWriter out) {
    if (chat) {
      line.endObject();
    }
    out.write(line.field("done", false).endObject().toBytes());
  }
}
