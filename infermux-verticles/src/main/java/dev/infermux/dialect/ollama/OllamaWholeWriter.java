package dev.infermux.dialect.ollama;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;

/** Writes a whole answer. */
final class OllamaWholeWriter {

  private final boolean chat;
  private final OllamaAnswer answer;
  private final JsonOutput text = new JsonOutput().openString();
  private final JsonOutput thinking = new JsonOutput(64).openString();
  private final JsonOutput calls = new JsonOutput(64).array();
  private final OllamaCallCollector open = new OllamaCallCollector();

  OllamaWholeWriter(boolean chat, OllamaAnswer answer) {
    this.chat = chat;
    this.answer = answer;
  }

  void take(ChatEvent event) {
    answer.note(event);
    if (event instanceof ChatEvent.Text said) {
      text.piece(said.text());
    } else if (event instanceof ChatEvent.Refusal refusal) {
      text.piece(refusal.text());
    } else if (event instanceof ChatEvent.Thinking thought) {
      thinking.piece(thought.text());
    } else if (event instanceof ChatEvent.CallBegins call) {
      open.begins(call);
    } else if (event instanceof ChatEvent.CallArguments piece) {
      open.piece(piece);
    } else if (event instanceof ChatEvent.CallEnds end) {
      JsonSlice call = open.ends(end.index());
      if (call != null) {
        calls.value(call);
      }
    } else if (event instanceof ChatEvent.Finish finish) {
      open.finish(finish.reason());
    }
  }

  byte[] end() {
    JsonOutput out = answer.begin();
    if (chat) {
      out.name("message").object().field("role", "assistant");
    }
    out.name(chat ? "content" : "response").value(text.closeString().slice());
    JsonText thought = thinking.closeString().slice().text();
    if (!thought.isEmpty()) {
      out.field("thinking", thought);
    }
    boolean called = calls.size() > 1;
    if (called) {
      out.name("tool_calls").value(calls.endArray().slice());
    }
    if (chat) {
      out.endObject();
    }
    answer.end(out);
    return out.toBytes();
  }
}
