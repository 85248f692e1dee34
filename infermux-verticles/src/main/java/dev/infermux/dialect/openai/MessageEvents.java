package dev.infermux.dialect.openai;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEvent.CallArguments;
import dev.infermux.dialect.chat.ChatEvent.CallBegins;
import dev.infermux.dialect.chat.ChatEvent.CallEnds;
import dev.infermux.dialect.chat.ChatEvent.Finish;
import dev.infermux.dialect.chat.ChatEvent.Refusal;
import dev.infermux.dialect.chat.ChatEvent.Text;
import dev.infermux.dialect.chat.ChatEvent.Thinking;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads the message of an answer, or the deltas of a stream one after the other, as events. A
 * message thinks before it speaks, and speaks before it calls, whatever the order of its fields.
 */
final class MessageEvents {

  private final String answerId;
  private final String model;
  private final List<String> ids = new ArrayList<>();
  private final Map<Long, Integer> calls = new HashMap<>();
  private boolean unsealed;
  private boolean finished;

  /**
   * @param answerId the answer's, of which the ids of calls are made that have none
   * @param model that answers; empty = not said
   */
  MessageEvents(String answerId, String model) {
    this.answerId = answerId;
    this.model = model;
  }

  /** Consumes a message or a delta. */
  void read(JsonCursor json, Consumer<ChatEvent> events) {
    List<JsonText> texts = new ArrayList<>(1);
    List<CallPiece> pieces = List.of();
    JsonText thinking = JsonText.EMPTY;
    JsonText refusal = JsonText.EMPTY;
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      JsonKind kind = json.kind();
      if (kind == JsonKind.STRING && name.equals("content")) {
        texts.add(json.text());
      } else if (kind == JsonKind.ARRAY && name.equals("content")) {
        parts(json, texts);
      } else if (kind == JsonKind.STRING && name.startsWith("reasoning")) {
        JsonText thought = json.text();
        thinking = thinking.isEmpty() ? thought : thinking;
        unsealed |= name.equals("reasoning_content") && !thought.isEmpty();
      } else if (kind == JsonKind.STRING && name.equals("refusal")) {
        refusal = json.text();
      } else if (kind == JsonKind.ARRAY && name.equals("tool_calls")) {
        pieces = CallPiece.all(json);
      } else if (kind == JsonKind.OBJECT && name.equals("function_call")) {
        pieces = List.of(CallPiece.function(json));
      } else {
        json.skip();
      }
    }
    if (!thinking.isEmpty()) {
      events.accept(new Thinking(thinking));
    }
    said(texts, events);
    if (!refusal.isEmpty()) {
      seal(events);
      events.accept(new Refusal(refusal));
    }
    for (CallPiece piece : pieces) {
      call(piece, events);
    }
  }

  /** What was thought is over. */
  private void seal(Consumer<ChatEvent> events) {
    if (unsealed) {
      unsealed = false;
      events.accept(ReturnedThoughts.seal(model));
    }
  }

  private void said(List<JsonText> texts, Consumer<ChatEvent> events) {
    for (JsonText text : texts) {
      if (!text.isEmpty()) {
        seal(events);
        events.accept(new Text(text));
      }
    }
  }

  private static void parts(JsonCursor json, List<JsonText> texts) {
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() != JsonKind.OBJECT) {
        json.skip();
        continue;
      }
      json.enterObject();
      while (json.nextField()) {
        if (json.kind() == JsonKind.STRING && json.name().equals("text")) {
          texts.add(json.text());
        } else {
          json.skip();
        }
      }
    }
  }

  private void call(CallPiece piece, Consumer<ChatEvent> events) {
    seal(events);
    Integer known = calls.get(piece.index);
    boolean another =
        known != null
            && !piece.id.isEmpty()
            && !piece.name.isEmpty()
            && !piece.id.equals(ids.get(known));
    int call;
    if (known == null || another) {
      call = ids.size();
      ids.add(piece.id.isEmpty() ? "call_" + answerId + "_" + call : piece.id);
      calls.put(piece.index, call);
      if (piece.extra != null) {
        events.accept(ReturnedThoughts.seal(model, piece.extra));
      }
      events.accept(new CallBegins(call, ids.get(call), piece.name));
    } else {
      call = known;
    }
    if (!piece.arguments.isEmpty()) {
      events.accept(new CallArguments(call, piece.arguments));
    }
  }

  /** The answer gives its reason to end; only the first counts. */
  void finish(String name, Consumer<ChatEvent> events) {
    if (finished) {
      return;
    }
    finished = true;
    seal(events);
    for (int call = 0; call < ids.size(); call++) {
      events.accept(new CallEnds(call));
    }
    FinishReason reason = FinishReasons.of(name);
    // Some servers say "stop" where they wait for tools.
    boolean waits = reason == FinishReason.STOP && !ids.isEmpty();
    events.accept(new Finish(waits ? FinishReason.TOOL_CALLS : reason, null));
  }
}
