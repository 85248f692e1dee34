package dev.infermux.mock;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.openai.AnswerJson;
import dev.infermux.dialect.openai.StreamText;
import dev.infermux.dialect.openai.TornJson;
import dev.infermux.inference.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A stream of chunks, of one choice or several. */
record OpenAiSteps(MockCall call, AnswerJson json, String reason) implements StepForm {

  @Override
  public List<String> begin() {
    return json.chat() ? each(json::role) : List.of();
  }

  @Override
  public List<String> event(ChatEvent event) {
    return each(choice -> json.piece(choice, event));
  }

  @Override
  public List<String> finish() {
    return each(choice -> json.finish(choice, reason));
  }

  @Override
  public List<String> usage(@Nullable Usage usage) {
    return usage == null || !call.showsUsage()
        ? List.of()
        : List.of(StreamText.event(json.usageChunk(usage)));
  }

  @Override
  public List<String> done() {
    return List.of(StreamText.event(StreamText.DONE));
  }

  @Override
  public String error(MockError error) {
    return StreamText.event(OpenAiForm.json(error));
  }

  @Override
  public String noise() {
    return StreamText.event(TornJson.CHUNK);
  }

  private List<String> each(IntFunction<@Nullable String> chunk) {
    List<String> frames = new ArrayList<>();
    for (int choice = 0; choice < call.choices(); choice++) {
      String data = chunk.apply(choice);
      if (data != null) {
        frames.add(StreamText.event(data));
      }
    }
    return frames;
  }
}
