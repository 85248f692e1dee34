package dev.infermux.mock;

import dev.infermux.json.JsonOutput;
import java.util.Map;

/** What the Responses API has beside chats: OpenAI's errors, and answers that failed. */
record ResponsesShape(boolean signs) implements ApiShape {

  @Override
  public String mediaType() {
    return OpenAiForm.INSTANCE.mediaType();
  }

  @Override
  public Map<String, String> headers(ResponsePlan plan) {
    return OpenAiForm.INSTANCE.headers(plan);
  }

  @Override
  public String error(MockError error) {
    return OpenAiForm.json(error);
  }

  /** Before anything was said an event of its own; else the response that failed. */
  @Override
  public String frame(MockError error, ResponsePlan plan, int frames) {
    JsonOutput json = new JsonOutput().object();
    String name = frames == 0 ? "error" : "response.failed";
    json.field("type", name).field("sequence_number", frames);
    if (frames == 0) {
      json.field("code", code(error)).field("message", error.message()).name("param").nothing();
    } else {
      failed(json.name("response"), error, plan);
    }
    return "event: " + name + "\ndata: " + json.endObject() + "\n\n";
  }

  @Override
  public String failed(MockError error, ResponsePlan plan) {
    JsonOutput json = new JsonOutput();
    failed(json, error, plan);
    return json.toString();
  }

  private static void failed(JsonOutput json, MockError error, ResponsePlan plan) {
    json.object()
        .field("id", "resp_mock" + plan.number())
        .field("object", "response")
        .field("created_at", plan.created())
        .field("status", "failed")
        .name("error")
        .object()
        .field("code", code(error))
        .field("message", error.message())
        .endObject()
        .name("incomplete_details")
        .nothing()
        .field("model", plan.call().model())
        .name("output")
        .array()
        .endArray()
        .name("usage")
        .nothing()
        .endObject();
  }

  private static String code(MockError error) {
    return error.code().isEmpty() ? "server_error" : error.code();
  }

  @Override
  public String torn() {
    return "{\"id\":\"resp_mock\",\"object\":\"response\",\"output\":[";
  }

  @Override
  public String noise() {
    return "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.de\n\n";
  }
}
