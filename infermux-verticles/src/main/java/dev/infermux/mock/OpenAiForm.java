package dev.infermux.mock;

import dev.infermux.dialect.openai.TornJson;
import dev.infermux.json.JsonOutput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** OpenAI's chats, legacy completions and embeddings. */
final class OpenAiForm implements AnswerForm {

  static final OpenAiForm INSTANCE = new OpenAiForm();

  private OpenAiForm() {}

  @Override
  public String mediaType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public Map<String, String> headers(ResponsePlan plan) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("x-request-id", "req_mock_" + plan.number());
    headers.put("openai-version", "2020-10-01");
    headers.put("openai-processing-ms", "1");
    AssignedResponse.Allowance allowance = plan.allowance();
    if (allowance != null) {
      headers.put("x-ratelimit-limit-requests", String.valueOf(allowance.limit()));
      headers.put("x-ratelimit-remaining-requests", String.valueOf(allowance.remaining()));
      headers.put("x-ratelimit-reset-requests", allowance.reset().toMillis() + "ms");
    }
    return headers;
  }

  @Override
  public StepForm stream(ResponsePlan plan) {
    return plan.openAiSteps();
  }

  @Override
  public String body(ResponsePlan plan) {
    return plan.body();
  }

  @Override
  public String error(MockError error) {
    return json(error);
  }

  static String json(MockError error) {
    String type = error.isCallers() ? "invalid_request_error" : "server_error";
    JsonOutput json = new JsonOutput().object().name("error").object();
    json.field("message", error.message()).field("type", type);
    field(json, "param", error.param());
    field(json, "code", error.code().isEmpty() ? code(error.message()) : error.code());
    return json.endObject().endObject().toString();
  }

  /** What goes with the words of a refusal. */
  static String code(String message) {
    for (String words :
        List.of("Unsupported parameter", "Unsupported value", "Unknown parameter")) {
      if (message.startsWith(words)) {
        return words.toLowerCase(Locale.ROOT).replace(' ', '_');
      }
    }
    return message.startsWith("Previous response") ? "previous_response_not_found" : "";
  }

  private static void field(JsonOutput json, String name, String text) {
    json.name(name);
    if (text.isEmpty()) {
      json.nothing();
    } else {
      json.string(text);
    }
  }

  @Override
  public String torn() {
    return TornJson.ANSWER;
  }
}
