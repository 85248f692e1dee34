package dev.infermux.mock;

import java.util.Map;

/** OpenAI's API with an answer that is always the same. */
record FixedForm(String answer) implements AnswerForm {

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
    throw new IllegalStateException("it is whole");
  }

  @Override
  public String body(ResponsePlan plan) {
    return answer;
  }

  @Override
  public String error(MockError error) {
    return OpenAiForm.INSTANCE.error(error);
  }

  @Override
  public String torn() {
    return OpenAiForm.INSTANCE.torn();
  }
}
