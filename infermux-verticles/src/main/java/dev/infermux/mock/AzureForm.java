package dev.infermux.mock;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.openai.StreamText;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's answers with what Azure adds: the verdicts of its filters, in a chunk before the first
 * and in each choice.
 *
 * @param deployment empty = not in the path
 */
record AzureForm(String deployment) implements AnswerForm {

  private static final String SAFE =
      "{\"hate\":{\"filtered\":false,\"severity\":\"safe\"},\"self_harm\":{\"filtered\":false,"
          + "\"severity\":\"safe\"},\"sexual\":{\"filtered\":false,\"severity\":\"safe\"},"
          + "\"violence\":{\"filtered\":false,\"severity\":\"safe\"}}";
  private static final String VERDICTS =
      "\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":" + SAFE + "}]";

  /** Stands in each choice; inside of a text its quotes would be escaped. */
  private static final String BEFORE = ",\"logprobs\":null,";

  @Override
  public String mediaType() {
    return OpenAiForm.INSTANCE.mediaType();
  }

  @Override
  public Map<String, String> headers(ResponsePlan plan) {
    Map<String, String> headers = new LinkedHashMap<>(OpenAiForm.INSTANCE.headers(plan));
    headers.keySet().removeIf(name -> name.contains("reset") || name.startsWith("openai-"));
    headers.put("apim-request-id", "mock-" + plan.number());
    headers.put("x-ms-region", "Mock Central");
    if (!deployment.isEmpty()) {
      headers.put("x-ms-deployment-name", HttpAnswers.printable(deployment));
    }
    return headers;
  }

  @Override
  public StepForm stream(ResponsePlan plan) {
    return new Filtered(plan.openAiSteps());
  }

  @Override
  public String body(ResponsePlan plan) {
    String body = filtered(plan.body());
    return body.substring(0, body.length() - 1) + "," + VERDICTS + "}";
  }

  private static String filtered(String json) {
    return json.replace(BEFORE, BEFORE + "\"content_filter_results\":" + SAFE + ",");
  }

  @Override
  public String error(MockError error) {
    if (error.code().equals("content_filter")) {
      return new JsonOutput()
          .object()
          .name("error")
          .object()
          .field("message", error.message())
          .name("type")
          .nothing()
          .field("param", "prompt")
          .field("code", "content_filter")
          .field("status", error.status())
          .name("innererror")
          .object()
          .field("code", "ResponsibleAIPolicyViolation")
          .endObject()
          .endObject()
          .endObject()
          .toString();
    }
    String code = error.code().isEmpty() ? String.valueOf(error.status()) : error.code();
    return new JsonOutput()
        .object()
        .name("error")
        .object()
        .field("code", code)
        .field("message", error.message())
        .endObject()
        .endObject()
        .toString();
  }

  @Override
  public String torn() {
    return OpenAiForm.INSTANCE.torn();
  }

  /** A stream with verdicts. */
  private record Filtered(StepForm plain) implements StepForm {

    @Override
    public List<String> begin() {
      List<String> frames = new ArrayList<>();
      frames.add(StreamText.event(StreamText.preface(VERDICTS)));
      frames.addAll(all(plain.begin()));
      return frames;
    }

    private static List<String> all(List<String> frames) {
      return frames.stream().map(AzureForm::filtered).toList();
    }

    @Override
    public List<String> event(ChatEvent event) {
      return all(plain.event(event));
    }

    @Override
    public List<String> finish() {
      return all(plain.finish());
    }

    @Override
    public List<String> usage(@Nullable Usage usage) {
      return plain.usage(usage);
    }

    @Override
    public List<String> done() {
      return plain.done();
    }

    @Override
    public String error(MockError error) {
      return plain.error(error);
    }

    @Override
    public String noise() {
      return plain.noise();
    }
  }
}
