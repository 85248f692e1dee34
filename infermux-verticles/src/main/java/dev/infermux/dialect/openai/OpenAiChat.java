package dev.infermux.dialect.openai;

import dev.infermux.dialect.chat.ChatDialect;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventReader;
import dev.infermux.dialect.chat.ChatEventWriter;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.Operation;
import dev.infermux.inference.RequestBody;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** OpenAI's chat completions as an end of a translation. */
public final class OpenAiChat implements ChatDialect {

  /** The dialect that this is a part of. */
  public static final Dialect DIALECT = OpenAiDialect.INSTANCE;

  static final String ID_PREFIX = "chatcmpl-";

  @Override
  public FinishReason reason(String word) {
    return FinishReasons.of(word);
  }

  @Override
  public String word(FinishReason reason) {
    return FinishReasons.name(reason);
  }

  @Override
  public String title() {
    return "chat";
  }

  @Override
  public Conversation conversation(RequestBody request, Losses losses) {
    return new ChatRequestReader(request, losses).read();
  }

  @Override
  public RequestBody request(Conversation conversation, String model, Losses losses) {
    byte[] bytes = new ChatRequestWriter(conversation, model, losses).bytes();
    return OpenAiRequestBody.scanModelOptional(Operation.CHAT, bytes).spelledByGateway();
  }

  @Override
  public List<ChatEvent> events(Buffer answer) {
    return ChatEventsReader.whole(answer);
  }

  @Override
  public ChatEventReader reader() {
    return new ChatEventsReader();
  }

  @Override
  public Buffer answer(List<ChatEvent> events, Attempt attempt) {
    return new ChatAnswerWriter(events, attempt, ID_PREFIX).chat();
  }

  @Override
  public ChatEventWriter writer(Attempt attempt) {
    return new ChatChunkWriter(attempt);
  }
}
