package dev.infermux.mock;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.inference.Usage;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI's API with an answer that is always the same. */
record FixedForm(FixedAnswer answer) implements AnswerForm {

  @Override
  public String mediaType() {
    return OpenAiForm.INSTANCE.mediaType();
  }

  @Override
  public Map<String, String> headers(ResponsePlan plan) {
    return OpenAiForm.INSTANCE.headers(plan);
  }

  @Override
  public StepForm stream(ResponsePlan plan) {
    return new Events(answer.events());
  }

  @Override
  public String body(ResponsePlan plan) {
    return answer.body().toString();
  }

  @Override
  public String wholeType() {
    return answer.mediaType();
  }

  @Override
  public Buffer bytes(ResponsePlan plan) {
    return answer.body();
  }

  @Override
  public String error(MockError error) {
    return OpenAiForm.INSTANCE.error(error);
  }

  @Override
  public String torn() {
    return OpenAiForm.INSTANCE.torn();
  }

  /** All events but the last come with the first token. */
  private record Events(List<String> events) implements StepForm {

    @Override
    public List<String> begin() {
      return events.subList(0, events.size() - 1);
    }

    @Override
    public List<String> event(ChatEvent event) {
      return List.of();
    }

    @Override
    public List<String> finish() {
      return events.subList(events.size() - 1, events.size());
    }

    @Override
    public List<String> usage(@Nullable Usage usage) {
      return List.of();
    }

    @Override
    public List<String> done() {
      return List.of();
    }

    @Override
    public String error(MockError error) {
      return "event: error\ndata: " + OpenAiForm.json(error) + "\n\n";
    }

    @Override
    public String noise() {
      return "data: {\"type\":\"n\n\n";
    }
  }
}
