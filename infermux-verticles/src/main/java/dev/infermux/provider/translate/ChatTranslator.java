package dev.infermux.provider.translate;

import dev.infermux.dialect.FrameSplitter;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventReader;
import dev.infermux.dialect.chat.ChatEventWriter;
import dev.infermux.dialect.chat.ChatSide;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Call;
import dev.infermux.provider.translate.Translators.SpecialTranslator;
import dev.infermux.spi.Provider;
import dev.infermux.vertx.Buffers;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Translates chats by way of the neutral form. */
record ChatTranslator(ChatSide caller, ChatSide provider) implements SpecialTranslator {

  @Override
  public boolean fits(Call call, Provider other) {
    return caller.reads(call.body().dialect(), call.operation())
        && other.speaks(provider.dialect(), provider.operation());
  }

  @Override
  public String path() {
    return caller.chat().title() + "→" + provider.chat().title();
  }

  @Override
  public Call request(Attempt attempt, Losses losses) {
    Call call = attempt.call();
    Conversation asked = caller.chat().conversation(call.body(), losses);
    return call.as(
        provider.operation(),
        provider.chat().request(ToolNames.fitting(asked), attempt.model(), losses));
  }

  @Override
  public Buffer answer(Buffer whole, Attempt attempt) {
    List<ChatEvent> checked = new ArrayList<>();
    ToolNames names = names(attempt);
    provider.chat().events(whole).forEach(new FinishCheck(event -> checked.add(names.own(event))));
    return caller.chat().answer(checked, attempt);
  }

  private ToolNames names(Attempt attempt) {
    return new ToolNames(
        () -> caller.chat().conversation(attempt.call().body(), new Losses()).tools().tools());
  }

  @Override
  public String finishReason(String providersWord) {
    return caller.chat().word(provider.chat().reason(providersWord));
  }

  @Override
  public StreamTranslator stream(Attempt attempt) {
    ChatEventReader reader = provider.chat().reader();
    ChatEventWriter writer = caller.chat().writer(attempt);
    FrameWriter out = caller.framing().writer();
    Framing framing = provider.framing();
    ToolNames names = names(attempt);
    Consumer<ChatEvent> checked = new FinishCheck(event -> writer.write(names.own(event), out));
    FrameSplitter splitter = framing.splitter(frame -> reader.read(frame, checked));
    return events -> {
      ByteBuf bytes = Buffers.onHeap(events);
      int from = bytes.arrayOffset() + bytes.readerIndex();
      splitter.feed(bytes.array(), from, from + bytes.readableBytes());
      return out.take();
    };
  }
}
