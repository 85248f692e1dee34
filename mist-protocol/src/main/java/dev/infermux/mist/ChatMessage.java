package dev.infermux.mist;

import dev.infermux.mist.json.JsonFields;
import dev.infermux.mist.json.JsonWriter;
import dev.infermux.mist.json.RawJson;

/**
 * One message of a conversation.
 *
 * @param role {@code system}, {@code user}, {@code assistant}, or any other
 */
public record ChatMessage(String role, MessageContent content) implements Payload {

  /** A message of plain text. */
  public static ChatMessage of(String role, String text) {
    return new ChatMessage(role, new MessageContent.Text(text));
  }

  @Override
  public byte[] json() {
    JsonWriter out = JsonWriter.object();
    writeTo(out);
    return out.end();
  }

  void writeTo(JsonWriter out) {
    out.text("role", role);
    if (content instanceof MessageContent.Structured structured) {
      out.raw("content", structured.json().utf8());
    } else if (content instanceof MessageContent.Text text) {
      out.text("content", text.text());
    }
  }

  static ChatMessage read(JsonFields in) {
    return new ChatMessage(in.text("role"), content(in));
  }

  private static MessageContent content(JsonFields in) {
    RawJson raw = in.raw("content");
    boolean text = raw.utf8()[0] == '"' || !in.has("content");
    return text ? new MessageContent.Text(in.text("content")) : new MessageContent.Structured(raw);
  }
}
