package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.chat.ChatDialect;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventReader;
import dev.infermux.dialect.chat.ChatEventWriter;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Operation;
import dev.infermux.inference.RequestBody;
import dev.infermux.json.JsonSyntaxException;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.ToLongFunction;

/** Messages as an end of translations. */
public final class AnthropicChat implements ChatDialect {

  /** More is asked for by who wants it: it would be held against every caller's budget. */
  private static final long MOST_TOKENS = 32_000;

  private final ToLongFunction<String> longest;

  /**
   * @param longest a model's longest answer in tokens; 0 or less = not known
   */
  public AnthropicChat(ToLongFunction<String> longest) {
    this.longest = longest;
  }

  @Override
  public FinishReason reason(String word) {
    return MessageEventReader.reason(word);
  }

  @Override
  public String word(FinishReason reason) {
    return MessageSpelling.stopReason(reason, false);
  }

  @Override
  public String title() {
    return "messages";
  }

  @Override
  public Conversation conversation(RequestBody request, Losses losses) {
    try {
      return new MessagesRequestReader(request, losses).conversation();
    } catch (JsonSyntaxException e) {
      throw Losses.refused("messages", e.getMessage());
    }
  }

  @Override
  public RequestBody request(Conversation conversation, String model, Losses losses) {
    byte[] body =
        new MessagesRequestWriter(conversation, model, maxTokens(conversation, model), losses)
            .bytes();
    return AnthropicRequestBody.scan(Operation.CHAT, body);
  }

  /** Anthropic's API wants a maximum, where a caller of another need not have one. */
  private long maxTokens(Conversation conversation, String model) {
    if (conversation.maxTokens() > 0) {
      return conversation.maxTokens();
    }
    long known = longest.applyAsLong(model);
    return known > 0 ? Math.min(known, MOST_TOKENS) : MOST_TOKENS;
  }

  @Override
  public List<ChatEvent> events(Buffer answer) {
    return MessageEventReader.whole(answer);
  }

  @Override
  public ChatEventReader reader() {
    return new MessageEventReader();
  }

  @Override
  public Buffer answer(List<ChatEvent> events, Attempt attempt) {
    return MessageAnswerWriter.answer(events, attempt);
  }

  @Override
  public ChatEventWriter writer(Attempt attempt) {
    return new MessageStreamWriter(attempt);
  }
}
