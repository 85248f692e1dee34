package dev.infermux.dialect.responses;

import dev.infermux.dialect.FrameWriter;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes the numbered events of one stream; nothing at all where the answer is whole. */
final class ResponsesEventLog {

  private @Nullable FrameWriter out;
  private long next;

  /** Where the next events go; null = nowhere. */
  void to(@Nullable FrameWriter writer) {
    out = writer;
  }

  /** A response as a whole begins, runs or ends. */
  void response(String type, Consumer<JsonOutput> response) {
    if (out != null) {
      JsonOutput json = begun(type, 2048).name("response");
      response.accept(json);
      out.write(type, json.endObject().toBytes());
    }
  }

  /** An item begins or ends. */
  void item(String type, OutputItem item, boolean done) {
    if (out != null) {
      JsonOutput json = begun(type, 512).field("output_index", item.index()).name("item");
      item.write(json, done);
      out.write(type, json.endObject().toBytes());
    }
  }

  /**
   * A part of an item begins or ends.
   *
   * @param place {@code content_index} or {@code summary_index}
   */
  void part(String type, OutputItem item, String place, int at, Consumer<JsonOutput> part) {
    if (out != null) {
      JsonOutput json = placed(type, item, place, at).name("part");
      part.accept(json);
      out.write(type, json.endObject().toBytes());
    }
  }

  /** A piece of a text. */
  void piece(String type, OutputItem item, String place, int at, JsonText piece) {
    if (out != null) {
      JsonOutput json = placed(type, item, place, at).field("delta", piece);
      out.write(type, logged(type, json).endObject().toBytes());
    }
  }

  /** A whole text, under the name that its event has for it. */
  void text(String type, OutputItem item, String place, int at, NamedText text) {
    if (out != null) {
      JsonOutput json = placed(type, item, place, at).field(text.name(), text.quoted());
      out.write(type, logged(type, json).endObject().toBytes());
    }
  }

  /** The whole arguments or the whole input of a call. */
  void call(String type, OutputItem item, String name, NamedText text) {
    if (out != null) {
      JsonOutput json = placed(type, item, "", 0).field("name", name);
      out.write(type, json.field(text.name(), text.quoted()).endObject().toBytes());
    }
  }

  /** SDKs demand a list of probabilities beside each text, though nobody has asked for it. */
  private static JsonOutput logged(String type, JsonOutput json) {
    return type.startsWith("response.output_text")
        ? json.name("logprobs").array().endArray()
        : json;
  }

  private JsonOutput placed(String type, OutputItem item, String place, int at) {
    JsonOutput json = begun(type, 320).field("item_id", item.id());
    json.field("output_index", item.index());
    return place.isEmpty() ? json : json.field(place, at);
  }

  private JsonOutput begun(String type, int expected) {
    JsonOutput json = new JsonOutput(expected).object().field("type", type);
    return json.field("sequence_number", next++);
  }

  /** A text with its quotes, and what it is called. */
  record NamedText(String name, JsonSlice quoted) {}
}
