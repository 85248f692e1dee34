package dev.infermux.dialect.responses;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.dialect.chat.Seals;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonText;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads a whole response as events. */
final class OutputReader {

  private static final JsonText PARAGRAPH = JsonText.of("\n\n");

  private final Consumer<ChatEvent> events;
  private int calls;

  OutputReader(Consumer<ChatEvent> events) {
    this.events = events;
  }

  static List<ChatEvent> read(Buffer answer) {
    byte[] bytes = answer.getBytes();
    ResponseObject response = ResponseObject.read(new JsonCursor(bytes));
    List<ChatEvent> events = new ArrayList<>();
    events.add(new ChatEvent.Begin(response.id(), response.model(), null));
    OutputReader reader = new OutputReader(events::add);
    JsonCursor json = new JsonCursor(bytes);
    json.enterObject();
    while (json.nextField()) {
      if (json.name().equals("output") && json.kind() == JsonKind.ARRAY) {
        reader.items(json);
      } else {
        json.skip();
      }
    }
    end(response, "", events::add);
    return events;
  }

  /**
   * The events with which a response ends.
   *
   * @param status with which it ended, where it does not say
   */
  static void end(ResponseObject response, String status, Consumer<ChatEvent> events) {
    String reason = response.finishReason(status);
    if (!reason.isEmpty()) {
      events.accept(new ChatEvent.Finish(finish(reason), null));
    }
    if (response.usage() != null) {
      events.accept(new ChatEvent.Used(response.usage()));
    }
    events.accept(new ChatEvent.Over());
  }

  static FinishReason finish(String reason) {
    return switch (reason) {
      case "length" -> FinishReason.LENGTH;
      case "tool_calls" -> FinishReason.TOOL_CALLS;
      case "content_filter" -> FinishReason.REFUSED;
      default -> FinishReason.STOP;
    };
  }

  private void items(JsonCursor json) {
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() == JsonKind.OBJECT) {
        item(json);
      } else {
        json.skip();
      }
    }
  }

  private void item(JsonCursor json) {
    Item item = Item.read(json);
    switch (item.type) {
      case "message" -> item.texts.forEach(events);
      case "reasoning" -> {
        List<ChatEvent> said = item.thoughts.isEmpty() ? item.summary : item.thoughts;
        for (int i = 0; i < said.size(); i++) {
          if (i > 0) {
            events.accept(new ChatEvent.Thinking(PARAGRAPH));
          }
          events.accept(said.get(i));
        }
        if (!item.seal.isEmpty()) {
          events.accept(new ChatEvent.Sealed(Seals.mark("responses", item.seal)));
        }
      }
      case "function_call" -> {
        int index = calls++;
        events.accept(new ChatEvent.CallBegins(index, item.callId, item.name));
        if (!item.arguments.isEmpty()) {
          events.accept(new ChatEvent.CallArguments(index, item.arguments));
        }
        events.accept(new ChatEvent.CallEnds(index));
      }
      // What the provider has run itself shows in what it says.
      default -> {}
    }
  }

  /** The fields of an item, whatever its type. */
  static final class Item {
    private String type = "";
    private String callId = "";
    private String name = "";
    private JsonText arguments = JsonText.EMPTY;
    private JsonText seal = JsonText.EMPTY;
    private final List<ChatEvent> texts = new ArrayList<>();
    private final List<ChatEvent> thoughts = new ArrayList<>();
    private final List<ChatEvent> summary = new ArrayList<>();

    static Item read(JsonCursor json) {
      Item item = new Item();
      json.enterObject();
      while (json.nextField()) {
        boolean text = json.kind() == JsonKind.STRING;
        switch (json.name()) {
          case "type" -> item.type = ResponseObject.text(json);
          case "call_id" -> item.callId = ResponseObject.text(json);
          case "name" -> item.name = ResponseObject.text(json);
          case "arguments" -> item.arguments = text ? json.text() : nothing(json);
          case "encrypted_content" -> item.seal = text ? json.text() : nothing(json);
          case "content" -> item.parts(json, item.texts);
          case "summary" -> item.parts(json, item.summary);
          default -> json.skip();
        }
      }
      return item;
    }

    private static JsonText nothing(JsonCursor json) {
      json.skip();
      return JsonText.EMPTY;
    }

    private void parts(JsonCursor json, List<ChatEvent> said) {
      if (json.kind() != JsonKind.ARRAY) {
        json.skip();
        return;
      }
      json.enterArray();
      while (json.nextElement()) {
        if (json.kind() == JsonKind.OBJECT) {
          part(json, said);
        } else {
          json.skip();
        }
      }
    }

    private void part(JsonCursor json, List<ChatEvent> said) {
      String kind = "";
      JsonText words = JsonText.EMPTY;
      json.enterObject();
      while (json.nextField()) {
        boolean text = json.kind() == JsonKind.STRING;
        switch (json.name()) {
          case "type" -> kind = ResponseObject.text(json);
          case "text", "refusal" -> words = text ? json.text() : nothing(json);
          default -> json.skip();
        }
      }
      switch (kind) {
        case "output_text" -> said.add(new ChatEvent.Text(words));
        case "refusal" -> said.add(new ChatEvent.Refusal(words));
        case "reasoning_text" -> thoughts.add(new ChatEvent.Thinking(words));
        case "summary_text" -> said.add(new ChatEvent.Thinking(words));
        default -> {}
      }
    }

    String type() {
      return type;
    }

    String callId() {
      return callId;
    }

    String name() {
      return name;
    }

    JsonText seal() {
      return seal;
    }
  }
}
