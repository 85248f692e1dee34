package dev.infermux.resilience;

import java.util.List;

/** A request for each API that has nearly all fields that it may have. */
final class RequestTexts {

  /** The addresses that take them. */
  static final List<String> PATHS =
      List.of(
          "/v1/chat/completions",
          "/v1/messages",
          "/v1/responses",
          "/api/chat",
          "/infer",
          "/mist",
          "/v1/completions",
          "/api/generate",
          "/v1/messages/count_tokens",
          "/_infermux/route/explain",
          "/v1/embeddings");

  private static final String CHAT =
      """
      {"model":"gpt-4o-mini","messages":[{"role":"system","content":"s"},{"role":"user","content":\
      [{"type":"text","text":"t"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA",\
      "detail":"low"}}],"name":"n"},{"role":"assistant","content":"c","tool_calls":[{"id":"i","type":\
      "function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"i",\
      "content":"r"}],"max_tokens":5,"max_completion_tokens":5,"n":1,"stop":["x"],"temperature":0.5,\
      "top_p":1,"seed":1,"stream":false,"stream_options":{"include_usage":true},"tools":[{"type":\
      "function","function":{"name":"f","description":"d","parameters":{"type":"object"}}}],\
      "tool_choice":"auto","response_format":{"type":"text"},"user":"u","logit_bias":{"1":1},\
      "metadata":{"a":"b"},"service_tier":"auto","reasoning_effort":"low"}\
      """;

  private static final String MESSAGES =
      """
      {"model":"gpt-4o-mini","max_tokens":5,"system":[{"type":"text","text":"s"}],"messages":[{"role":\
      "user","content":[{"type":"text","text":"t"},{"type":"image","source":{"type":"base64",\
      "media_type":"image/png","data":"AA"}}]},{"role":"assistant","content":[{"type":"tool_use",\
      "id":"i","name":"f","input":{"a":1}}]},{"role":"user","content":[{"type":"tool_result",\
      "tool_use_id":"i","content":"r"}]}],"stop_sequences":["x"],"temperature":0.5,"top_k":1,"top_p":1,\
      "stream":false,"tools":[{"name":"f","description":"d","input_schema":{"type":"object"}}],\
      "tool_choice":{"type":"auto"},"metadata":{"user_id":"u"},"thinking":{"type":"disabled"}}\
      """;

  private static final String RESPONSES =
      """
      {"model":"gpt-4o-mini","instructions":"s","input":[{"role":"user","content":[{"type":\
      "input_text","text":"t"}]},{"type":"function_call","call_id":"i","name":"f","arguments":"{}"},\
      {"type":"function_call_output","call_id":"i","output":"r"}],"max_output_tokens":20,\
      "temperature":0.5,"top_p":1,"stream":false,"store":false,"tools":[{"type":"function","name":"f",\
      "description":"d","parameters":{"type":"object"}}],"tool_choice":"auto","text":{"format":{"type":\
      "text"}},"metadata":{"a":"b"},"reasoning":{"effort":"low"},"previous_response_id":null}\
      """;

  private static final String OLLAMA =
      """
      {"model":"gpt-4o-mini","messages":[{"role":"user","content":"t","images":["AA"]},{"role":\
      "assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"a":1}}}]},{"role":\
      "tool","content":"r","tool_name":"f"}],"stream":false,"format":"json","options":{"num_predict":5,\
      "temperature":0.5,"seed":1,"stop":["x"]},"tools":[{"type":"function","function":{"name":"f",\
      "description":"d","parameters":{"type":"object"}}}],"keep_alive":"5m","think":false}\
      """;

  private static final String INFER =
      """
      {"model":"gpt-4o-mini","provider":"upstream","messages":[{"role":"user","content":"t"}],"params":\
      {"temperature":0.5,"max_tokens":5},"meta":{"caller":"c","project":"p","env":"e","tag":"t"}}\
      """;

  private static final String MIST =
      """
      {"version":"1","id":"00000000-0000-4000-8000-000000000001","source":"t","type":\
      "infer.request","timestamp_ns":1,"payload":\
      """;

  private static final String COMPLETION =
      """
      {"model":"gpt-4o-mini","prompt":["t"],"suffix":"s","max_tokens":5,"n":1,"best_of":1,"echo":\
      false,"logprobs":null,"stop":["x"],"seed":1,"stream":false,"user":"u"}\
      """;

  private static final String GENERATE =
      """
      {"model":"gpt-4o-mini","prompt":"t","system":"s","suffix":"","images":[],"stream":false,\
      "format":"json","options":{"num_predict":5,"seed":1},"keep_alive":"5m","context":[1]}\
      """;

  private static final String EMBEDDINGS =
      """
      {"model":"text-embedding-3-small","input":["a","b"],"dimensions":3,"encoding_format":"float",\
      "user":"u"}\
      """;

  private RequestTexts() {}

  static String of(String path) {
    return switch (path) {
      case "/v1/messages", "/v1/messages/count_tokens" -> MESSAGES;
      case "/v1/responses" -> RESPONSES;
      case "/api/chat" -> OLLAMA;
      case "/api/generate" -> GENERATE;
      case "/v1/completions" -> COMPLETION;
      case "/infer" -> INFER;
      case "/mist" -> MIST + INFER.strip() + "}";
      case "/v1/embeddings" -> EMBEDDINGS;
      default -> CHAT;
    };
  }
}
