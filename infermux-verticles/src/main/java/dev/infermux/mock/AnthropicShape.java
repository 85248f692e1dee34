package dev.infermux.mock;

import dev.infermux.json.JsonOutput;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Anthropic's API has beside messages. */
final class AnthropicShape implements ApiShape {

  static final AnthropicShape INSTANCE = new AnthropicShape();

  private AnthropicShape() {}

  @Override
  public String mediaType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public Map<String, String> headers(ResponsePlan plan) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("request-id", "req_mock_" + plan.number());
    headers.put("anthropic-organization-id", "00000000-0000-4000-8000-000000000000");
    AssignedResponse.Allowance allowance = plan.allowance();
    if (allowance != null) {
      Instant reset = Instant.ofEpochSecond(plan.created()).plus(allowance.reset());
      headers.put("anthropic-ratelimit-requests-limit", String.valueOf(allowance.limit()));
      headers.put("anthropic-ratelimit-requests-remaining", String.valueOf(allowance.remaining()));
      headers.put("anthropic-ratelimit-requests-reset", reset.toString());
    }
    return headers;
  }

  @Override
  public String error(MockError error) {
    String code = error.code();
    boolean isType = code.endsWith("_error") || code.equals("request_too_large");
    JsonOutput json = new JsonOutput().object().field("type", "error").name("error").object();
    json.field("type", isType ? code : type(error.status()));
    json.field("message", message(error));
    String detail = code.equals("insufficient_quota") ? "enforced_spend_limit_reached" : code;
    if (!isType && !detail.isEmpty() && !isWord(detail)) {
      json.name("details").object().field("error_code", detail).endObject();
    }
    json.endObject().field("request_id", "req_mock_" + error.request());
    return json.endObject().toString();
  }

  /** Whether Anthropic says it in words alone. */
  private static boolean isWord(String code) {
    return switch (code) {
      case "context_length_exceeded",
          "content_filter",
          "invalid_api_key",
          "rate_limit_exceeded",
          "model_not_found" ->
          true;
      default -> false;
    };
  }

  private static String message(MockError error) {
    return switch (error.code()) {
      case "context_length_exceeded" -> "prompt is too long: 200001 tokens > 200000 maximum";
      case "content_filter" -> "Output blocked by content filtering policy";
      default -> error.message();
    };
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 409 -> "conflict_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 504 -> "timeout_error";
      case 529 -> "overloaded_error";
      default -> status < 500 ? "invalid_request_error" : "api_error";
    };
  }

  @Override
  public String frame(MockError error, ResponsePlan plan, int frames) {
    return "event: error\ndata: " + error(error) + "\n\n";
  }

  @Override
  public String begun() {
    return "event: ping\ndata: {\"type\": \"ping\"}\n\n";
  }

  @Override
  public String torn() {
    return "{\"id\":\"msg_mock\",\"type\":\"message\",\"content\":[";
  }

  @Override
  public String noise() {
    return "event: content_block_delta\ndata: {\"type\":\"content_block_del\n\n";
  }

  @Override
  public boolean signs() {
    return true;
  }
}
