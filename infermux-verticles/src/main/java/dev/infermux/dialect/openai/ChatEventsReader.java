package dev.infermux.dialect.openai;

import dev.infermux.dialect.Frame;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEvent.Begin;
import dev.infermux.dialect.chat.ChatEvent.Over;
import dev.infermux.dialect.chat.ChatEvent.Used;
import dev.infermux.dialect.chat.ChatEventReader;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the first choice of a chat's answer as events, whole or chunk by chunk. */
final class ChatEventsReader implements ChatEventReader {

  /** The longest that an array is without any choice. */
  private static final int NO_CHOICES = 3;

  private @Nullable MessageEvents message;
  private boolean over;

  /** Reads a whole answer. */
  static List<ChatEvent> whole(Buffer answer) {
    byte[] bytes = answer.getBytes();
    List<ChatEvent> events = new ArrayList<>();
    new ChatEventsReader().document(bytes, 0, bytes.length, events::add);
    events.add(new Over());
    return events;
  }

  @Override
  public void read(Frame frame, Consumer<ChatEvent> events) {
    if (over) {
      return;
    }
    if (frame.is(OpenAiEvents.DONE)) {
      over = true;
      events.accept(new Over());
    } else {
      document(frame.data(), frame.dataFrom(), frame.dataTo(), events);
    }
  }

  private void document(byte[] bytes, int from, int to, Consumer<ChatEvent> events) {
    if (message == null) {
      message = begun(new JsonCursor(bytes, from, to), events);
    }
    if (message == null) {
      return;
    }
    Usage usage = null;
    JsonCursor json = new JsonCursor(bytes, from, to);
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      if (name.equals("choices") && json.kind() == JsonKind.ARRAY) {
        choices(json, message, events);
      } else if (name.equals("usage")) {
        usage = UsageReader.read(json);
      } else {
        json.skip();
      }
    }
    if (usage != null) {
      events.accept(new Used(usage));
    }
  }

  /**
   * An answer begins with its first choice: what comes before it, filters' reports, says nothing.
   */
  private static @Nullable MessageEvents begun(JsonCursor json, Consumer<ChatEvent> events) {
    String id = "";
    String model = "";
    boolean answers = false;
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      if (name.equals("id") && json.kind() == JsonKind.STRING) {
        id = json.string();
      } else if (name.equals("model") && json.kind() == JsonKind.STRING) {
        model = json.string();
      } else if (name.equals("choices") && json.kind() == JsonKind.ARRAY) {
        answers = json.value().length() > NO_CHOICES;
      } else {
        json.skip();
      }
    }
    if (!answers) {
      return null;
    }
    events.accept(new Begin(id, model, null));
    return new MessageEvents(id, model);
  }

  private static void choices(JsonCursor json, MessageEvents message, Consumer<ChatEvent> events) {
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() == JsonKind.OBJECT) {
        choice(json, message, events);
      } else {
        json.skip();
      }
    }
  }

  /** The reason to end counts after the content, wherever it stands. */
  private static void choice(JsonCursor json, MessageEvents message, Consumer<ChatEvent> events) {
    long index = 0;
    JsonSlice said = null;
    String reason = "";
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      if (name.equals("index") && json.kind() == JsonKind.NUMBER) {
        index = json.longValue();
      } else if (json.kind() == JsonKind.OBJECT
          && (name.equals("delta") || name.equals("message"))) {
        said = json.value();
      } else if (name.equals("finish_reason") && json.kind() == JsonKind.STRING) {
        reason = json.string();
      } else {
        json.skip();
      }
    }
    if (index == 0 && said != null) {
      message.read(said.cursor(), events);
    }
    if (index == 0 && !reason.isEmpty()) {
      message.finish(reason, events);
    }
  }
}
