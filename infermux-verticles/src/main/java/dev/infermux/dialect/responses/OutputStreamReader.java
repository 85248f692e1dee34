package dev.infermux.dialect.responses;

import dev.infermux.dialect.Frame;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventReader;
import dev.infermux.dialect.chat.Seals;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one stream of the Responses API as events. */
final class OutputStreamReader implements ChatEventReader {

  private static final JsonText PARAGRAPH = JsonText.of("\n\n");

  /** The numbers of the calls, by the place of their items. */
  private final Map<Long, Integer> calls = new HashMap<>();

  private boolean thought;

  @Override
  public void read(Frame frame, Consumer<ChatEvent> events) {
    Fields event = new Fields();
    event.read(new JsonCursor(frame.data(), frame.dataFrom(), frame.dataTo()));
    switch (event.type) {
      case "response.created" -> {
        ResponseObject response = response(event);
        events.accept(new ChatEvent.Begin(response.id(), response.model(), null));
      }
      case "response.output_text.delta" -> events.accept(new ChatEvent.Text(event.delta));
      case "response.refusal.delta" -> events.accept(new ChatEvent.Refusal(event.delta));
      case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" -> {
        thought = true;
        events.accept(new ChatEvent.Thinking(event.delta));
      }
      case "response.reasoning_summary_part.added" -> {
        if (thought) {
          events.accept(new ChatEvent.Thinking(PARAGRAPH));
        }
      }
      case "response.function_call_arguments.delta" -> {
        Integer call = calls.get(event.place);
        if (call != null) {
          events.accept(new ChatEvent.CallArguments(call, event.delta));
        }
      }
      case "response.output_item.added" -> added(event, events);
      case "response.output_item.done" -> done(event, events);
      case "response.completed", "response.incomplete" ->
          OutputReader.end(response(event), event.type.substring("response.".length()), events);
      default -> {}
    }
  }

  private void added(Fields event, Consumer<ChatEvent> events) {
    OutputReader.Item item = item(event);
    if (item != null && item.type().equals("function_call")) {
      int index = calls.size();
      calls.put(event.place, index);
      events.accept(new ChatEvent.CallBegins(index, item.callId(), item.name()));
    }
  }

  private void done(Fields event, Consumer<ChatEvent> events) {
    OutputReader.Item item = item(event);
    if (item == null) {
      return;
    }
    Integer call = calls.get(event.place);
    if (item.type().equals("function_call") && call != null) {
      events.accept(new ChatEvent.CallEnds(call));
    } else if (item.type().equals("reasoning")) {
      thought = false;
      if (!item.seal().isEmpty()) {
        events.accept(new ChatEvent.Sealed(Seals.mark("responses", item.seal())));
      }
    }
  }

  private static OutputReader.@Nullable Item item(Fields event) {
    return event.item == null ? null : OutputReader.Item.read(event.item.cursor());
  }

  private static ResponseObject response(Fields event) {
    JsonSlice response = event.response == null ? JsonSlice.of("{}") : event.response;
    return ResponseObject.read(response.cursor());
  }

  /** The fields of an event, whatever its type. */
  private static final class Fields {
    private String type = "";
    private JsonText delta = JsonText.EMPTY;
    private long place;
    private @Nullable JsonSlice item;
    private @Nullable JsonSlice response;

    void read(JsonCursor json) {
      json.enterObject();
      while (json.nextField()) {
        JsonKind kind = json.kind();
        switch (json.name()) {
          case "type" -> type = ResponseObject.text(json);
          case "delta" -> {
            JsonText text = InputParts.text(json);
            delta = text == null ? JsonText.EMPTY : text;
          }
          case "output_index" -> place = kind == JsonKind.NUMBER ? json.longValue() : skip(json);
          case "item" -> item = kind == JsonKind.OBJECT ? json.value() : nothing(json);
          case "response" -> response = kind == JsonKind.OBJECT ? json.value() : nothing(json);
          default -> json.skip();
        }
      }
    }

    private static long skip(JsonCursor json) {
      json.skip();
      return 0;
    }

    private static @Nullable JsonSlice nothing(JsonCursor json) {
      json.skip();
      return null;
    }
  }
}
