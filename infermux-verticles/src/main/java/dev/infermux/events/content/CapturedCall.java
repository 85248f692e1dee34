package dev.infermux.events.content;

import dev.infermux.dialect.Frame;
import dev.infermux.dialect.FrameSplitter;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventReader;
import dev.infermux.dialect.chat.ChatSide;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.inference.Call;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.record.CallContent;
import dev.infermux.inference.record.ContentCapture.Capturing;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.vertx.Buffers;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** One call's content. What cannot be read is left out: capturing never changes a call. */
final class CapturedCall implements Capturing {

  private final Call call;
  private final @Nullable ChatSide side;
  private final OutputMessage output = new OutputMessage();
  private @Nullable FrameSplitter splitter;
  private @Nullable ChatEventReader reader;

  CapturedCall(Call call, @Nullable ChatSide side) {
    this.call = call;
    this.side = side;
  }

  @Override
  public void answer(Buffer whole) {
    if (side == null) {
      return;
    }
    try {
      side.chat().events(whole).forEach(output::add);
    } catch (JsonSyntaxException | InferenceException unreadable) {
      output.unreadable();
    }
  }

  @Override
  public void events(Buffer events) {
    ChatSide own = side;
    if (own == null) {
      return;
    }
    if (reader == null) {
      reader = own.chat().reader();
      splitter = own.framing().splitter(this::frame);
    }
    ByteBuf bytes = Buffers.onHeap(events);
    int from = bytes.arrayOffset() + bytes.readerIndex();
    if (splitter != null) {
      splitter.feed(bytes.array(), from, from + bytes.readableBytes());
    }
  }

  private void frame(Frame frame) {
    try {
      if (reader != null) {
        reader.read(frame, this::taken);
      }
    } catch (JsonSyntaxException | InferenceException unreadable) {
      output.unreadable();
    }
  }

  private void taken(ChatEvent event) {
    output.add(event);
  }

  @Override
  public CallContent content() {
    if (side == null) {
      return CallContent.NONE;
    }
    try {
      Conversation asked = side.chat().conversation(call.body(), new Losses());
      InputMessages input = new InputMessages(asked);
      return new CallContent(input.instructions(), input.messages(), input.tools(), output.json());
    } catch (JsonSyntaxException | InferenceException unreadable) {
      return new CallContent("", "", "", output.json());
    }
  }
}
