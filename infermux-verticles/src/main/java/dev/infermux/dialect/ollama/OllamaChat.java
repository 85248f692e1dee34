package dev.infermux.dialect.ollama;

import dev.infermux.dialect.chat.ChatDialect;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventReader;
import dev.infermux.dialect.chat.ChatEventWriter;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.RequestBody;
import dev.infermux.time.Ticker;
import dev.infermux.vertx.Buffers;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Chats and generated texts of Ollama's dialect as ends of a translation. */
public final class OllamaChat implements ChatDialect {

  private final OllamaEndpoint endpoint;
  private final Ticker ticker;

  private OllamaChat(OllamaEndpoint endpoint, Ticker ticker) {
    this.endpoint = endpoint;
    this.ticker = ticker;
  }

  /**
   * {@code /api/chat}.
   *
   * @param ticker of the calls: answers say how long they took
   */
  public static OllamaChat chat(Ticker ticker) {
    return new OllamaChat(OllamaEndpoint.CHAT, ticker);
  }

  /** {@code /api/generate}. */
  public static OllamaChat generate(Ticker ticker) {
    return new OllamaChat(OllamaEndpoint.GENERATE, ticker);
  }

  private boolean isChat() {
    return endpoint == OllamaEndpoint.CHAT;
  }

  @Override
  public FinishReason reason(String word) {
    return switch (word) {
      case "length" -> FinishReason.LENGTH;
      case OllamaObject.CALLED -> FinishReason.TOOL_CALLS;
      default -> FinishReason.STOP;
    };
  }

  @Override
  public String word(FinishReason reason) {
    return reason == FinishReason.LENGTH ? "length" : "stop";
  }

  @Override
  public String title() {
    return isChat() ? "ollama" : "generate";
  }

  @Override
  public Conversation conversation(RequestBody request, Losses losses) {
    OllamaRequestBody body =
        request instanceof OllamaRequestBody own
            ? own
            : OllamaRequestBody.scan(endpoint, request.bytes());
    return OllamaConversationReader.read(body, losses);
  }

  @Override
  public OllamaRequestBody request(Conversation conversation, String model, Losses losses) {
    return OllamaRequestBody.scan(
        endpoint,
        isChat()
            ? OllamaRequestWriter.chat(conversation, model, losses)
            : OllamaRequestWriter.generate(conversation, model, losses));
  }

  @Override
  public List<ChatEvent> events(Buffer answer) {
    ByteBuf bytes = Buffers.onHeap(answer);
    int from = bytes.arrayOffset() + bytes.readerIndex();
    List<ChatEvent> events = new ArrayList<>();
    new OllamaEventReader()
        .read(OllamaObject.read(bytes.array(), from, from + bytes.readableBytes()), events::add);
    return events;
  }

  @Override
  public ChatEventReader reader() {
    return new OllamaEventReader();
  }

  @Override
  public Buffer answer(List<ChatEvent> events, Attempt attempt) {
    OllamaWholeWriter writer = new OllamaWholeWriter(isChat(), new OllamaAnswer(attempt, ticker));
    events.forEach(writer::take);
    return Buffers.wrap(writer.end());
  }

  @Override
  public ChatEventWriter writer(Attempt attempt) {
    return new OllamaStreamWriter(isChat(), new OllamaAnswer(attempt, ticker));
  }
}
