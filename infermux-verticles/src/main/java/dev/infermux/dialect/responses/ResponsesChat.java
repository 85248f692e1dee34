package dev.infermux.dialect.responses;

import dev.infermux.dialect.chat.ChatDialect;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventReader;
import dev.infermux.dialect.chat.ChatEventWriter;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.RequestBody;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** The Responses API as an end of a translation. */
public final class ResponsesChat implements ChatDialect {

  /** The dialect itself. */
  public static final Dialect DIALECT = ResponsesDialect.INSTANCE;

  @Override
  public FinishReason reason(String word) {
    return OutputReader.finish(word);
  }

  @Override
  public String word(FinishReason reason) {
    return switch (reason) {
      case STOP, STOP_SEQUENCE, PAUSED -> "stop";
      case LENGTH -> "length";
      case TOOL_CALLS -> "tool_calls";
      case REFUSED -> "content_filter";
    };
  }

  @Override
  public String title() {
    return DIALECT.id();
  }

  @Override
  public Conversation conversation(RequestBody request, Losses losses) {
    return new ResponsesRequestReader(losses).conversation(request);
  }

  @Override
  public RequestBody request(Conversation conversation, String model, Losses losses) {
    return ResponsesRequestBody.scan(
        new ResponsesRequestWriter(conversation, model, losses).body().toBytes());
  }

  @Override
  public List<ChatEvent> events(Buffer answer) {
    return OutputReader.read(answer);
  }

  @Override
  public ChatEventReader reader() {
    return new OutputStreamReader();
  }

  @Override
  public Buffer answer(List<ChatEvent> events, Attempt attempt) {
    ResponseWriter writer = new ResponseWriter(attempt);
    events.forEach(writer::write);
    return Buffer.buffer(writer.whole().toBytes());
  }

  @Override
  public ChatEventWriter writer(Attempt attempt) {
    return new ResponseWriter(attempt);
  }
}
