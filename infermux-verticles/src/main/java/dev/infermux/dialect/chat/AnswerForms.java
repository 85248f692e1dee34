package dev.infermux.dialect.chat;

import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.FrameSplitter;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.ResponseDialect;
import dev.infermux.dialect.chat.ChatEvent.Over;
import dev.infermux.dialect.chat.ChatEvent.Used;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Usage;
import dev.infermux.vertx.Buffers;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Gives answers of a dialect the other of its two forms: whole, or a stream. */
public final class AnswerForms {

  private AnswerForms() {}

  /** A whole answer that was accepted, as a stream. */
  public static Buffer stream(ChatDialect chat, Framing framing, Attempt attempt, Buffer whole) {
    FrameWriter out = framing.writer();
    ChatEventWriter writer = chat.writer(attempt);
    chat.events(whole).forEach(event -> writer.write(event, out));
    Buffer stream = out.take();
    return stream == null ? Buffer.buffer() : stream;
  }

  /**
   * A stream, read to its end, as a whole answer.
   *
   * @throws InferenceException when the stream fails or was cut
   */
  public static Buffer whole(
      ChatDialect chat, ResponseDialect dialect, Attempt attempt, Buffer stream) {
    Framing framing = dialect.framing();
    EventReader checked = dialect.events(attempt);
    FrameWriter mended = framing.writer();
    feed(
        framing.splitter(
            frame -> {
              if (!checked.over()) {
                checked.event(frame, mended);
              }
            }),
        stream);
    if (!checked.over()) {
      checked.end("ended its answer", mended);
    }
    Failure failure = checked.failure();
    if (failure != null) {
      throw new InferenceException(failure);
    }
    List<ChatEvent> events = new ArrayList<>();
    ChatEventReader reader = chat.reader();
    Buffer sound = mended.take();
    if (sound != null) {
      feed(framing.splitter(frame -> reader.read(frame, events::add)), sound);
    }
    // A stream shows its usage only to who asked for it; a whole answer always does.
    Usage usage = checked.summary(null).usage();
    if (usage != null) {
      events.removeIf(event -> event instanceof Over);
      events.add(new Used(usage));
      events.add(new Over());
    }
    return chat.answer(events, attempt);
  }

  private static void feed(FrameSplitter splitter, Buffer bytes) {
    ByteBuf all = Buffers.onHeap(bytes);
    int from = all.arrayOffset() + all.readerIndex();
    splitter.feed(all.array(), from, from + all.readableBytes());
    splitter.end();
  }
}
