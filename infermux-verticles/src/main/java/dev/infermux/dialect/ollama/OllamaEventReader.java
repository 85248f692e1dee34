package dev.infermux.dialect.ollama;

import dev.infermux.dialect.Frame;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventReader;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonOutput;
import java.util.Locale;
import java.util.function.Consumer;

/** Reads the lines of one answer as events; a whole answer is one line that says all. */
final class OllamaEventReader implements ChatEventReader {

  private boolean begun;
  private int calls;

  @Override
  public void read(Frame frame, Consumer<ChatEvent> events) {
    read(OllamaObject.read(frame.data(), frame.dataFrom(), frame.dataTo()), events);
  }

  void read(OllamaObject object, Consumer<ChatEvent> events) {
    if (!begun) {
      begun = true;
      events.accept(new ChatEvent.Begin("", object.model(), null));
    }
    if (!object.thinking().isEmpty()) {
      events.accept(new ChatEvent.Thinking(object.thinking()));
    }
    if (!object.text().isEmpty()) {
      events.accept(new ChatEvent.Text(object.text()));
    }
    for (OllamaToolCall call : object.calls()) {
      call(call, id(call, object), events);
    }
    if (object.done()) {
      done(object, events);
    }
  }

  private void call(OllamaToolCall call, String id, Consumer<ChatEvent> events) {
    events.accept(new ChatEvent.CallBegins(calls, id, call.name()));
    JsonOutput json = new JsonOutput(call.arguments().length() + 16).stringOf(call.arguments());
    events.accept(new ChatEvent.CallArguments(calls, json.slice().text()));
    events.accept(new ChatEvent.CallEnds(calls));
    calls++;
  }

  /** Older servers give calls no ids: a digest of call and moment is one. */
  private String id(OllamaToolCall call, OllamaObject object) {
    if (!call.id().isEmpty()) {
      return call.id();
    }
    long digest = object.createdAt().hashCode();
    digest = digest * 0x9E3779B97F4A7C15L + call.arguments().hashCode();
    digest = digest * 0x9E3779B97F4A7C15L + call.name().hashCode() + calls;
    return String.format(Locale.ROOT, "call_%016x", digest);
  }

  private void done(OllamaObject object, Consumer<ChatEvent> events) {
    FinishReason reason =
        object.doneReason().equals("length")
            ? FinishReason.LENGTH
            : calls > 0 ? FinishReason.TOOL_CALLS : FinishReason.STOP;
    events.accept(new ChatEvent.Finish(reason, null));
    Usage usage = object.usage();
    if (usage != null) {
      events.accept(new ChatEvent.Used(usage));
    }
    events.accept(new ChatEvent.Over());
  }
}
