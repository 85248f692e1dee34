package dev.infermux.testing;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Streams of Anthropic's dialect as tests write and read them. */
public final class MessageEvents {

  private MessageEvents() {}

  /** The bytes of a stream with these data, each under the name that is its type. */
  public static Buffer stream(String... data) {
    return stream(List.of(data));
  }

  public static Buffer stream(List<String> data) {
    Buffer all = Buffer.buffer();
    for (String one : data) {
      String type = new JsonObject(one).getString("type");
      all.appendString("event: " + type + "\ndata: " + one + "\n\n");
    }
    return all;
  }

  /** The events of a stream; fails where one is not a name and its data. */
  public static List<JsonObject> events(String stream) {
    List<JsonObject> events = new ArrayList<>();
    for (String event : stream.isEmpty() ? new String[0] : stream.split("\n\n")) {
      String[] lines = event.split("\n");
      if (lines.length != 2 || !lines[0].startsWith("event: ") || !lines[1].startsWith("data: ")) {
        throw new AssertionError("not a name and its data: " + event);
      }
      JsonObject data = new JsonObject(lines[1].substring(6));
      if (!lines[0].substring(7).equals(data.getString("type"))) {
        throw new AssertionError("a name that is not the type of its data: " + event);
      }
      events.add(data);
    }
    return events;
  }

  /** The text that a stream's deltas make together. */
  public static String text(String stream) {
    StringBuilder text = new StringBuilder();
    for (JsonObject event : events(stream)) {
      text.append(event.getJsonObject("delta", new JsonObject()).getString("text", ""));
    }
    return text.toString();
  }
}
