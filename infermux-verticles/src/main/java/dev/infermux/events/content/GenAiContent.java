package dev.infermux.events.content;

import dev.infermux.dialect.chat.ChatSide;
import dev.infermux.inference.Call;
import dev.infermux.inference.record.ContentCapture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes down the content of chats in the JSON of OpenTelemetry's GenAI conventions, whatever
 * dialect they are in. Attachments are named and not taken down.
 */
public final class GenAiContent implements ContentCapture {

  private final List<ChatSide> sides;

  /**
   * @param sides the dialects whose chats can be read
   */
  public GenAiContent(List<ChatSide> sides) {
    this.sides = List.copyOf(sides);
  }

  @Override
  public Capturing begin(Call call) {
    return new CapturedCall(call, side(call));
  }

  private @Nullable ChatSide side(Call call) {
    for (ChatSide side : sides) {
      if (side.reads(call.body().dialect(), call.operation())) {
        return side;
      }
    }
    return null;
  }
}
