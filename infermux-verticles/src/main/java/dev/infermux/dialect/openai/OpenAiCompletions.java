package dev.infermux.dialect.openai;

import dev.infermux.dialect.chat.ChatDialect;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventReader;
import dev.infermux.dialect.chat.ChatEventWriter;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.RequestBody;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * OpenAI's legacy completions as a caller's end of a translation. No provider is asked in them: a
 * chat says more.
 */
public final class OpenAiCompletions implements ChatDialect {

  static final String ID_PREFIX = "cmpl-";

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
    return "completions";
  }

  @Override
  public Conversation conversation(RequestBody request, Losses losses) {
    return new CompletionRequestReader(request, losses).read();
  }

  @Override
  public RequestBody request(Conversation conversation, String model, Losses losses) {
    throw Losses.refused("messages", "the provider has legacy completions only");
  }

  @Override
  public List<ChatEvent> events(Buffer answer) {
    throw new UnsupportedOperationException("no provider is asked in legacy completions");
  }

  @Override
  public ChatEventReader reader() {
    throw new UnsupportedOperationException("no provider is asked in legacy completions");
  }

  @Override
  public Buffer answer(List<ChatEvent> events, Attempt attempt) {
    return new ChatAnswerWriter(events, attempt, ID_PREFIX).completion();
  }

  @Override
  public ChatEventWriter writer(Attempt attempt) {
    return new CompletionChunkWriter(attempt);
  }
}
