package dev.infermux.resilience;

/** What a provider of the chat API sends, with nearly all fields that it may have. */
final class AnswerTexts {

  static final String ANSWER =
      """
      {"id":"c","object":"chat.completion","created":1,"model":"gpt-4o-mini","choices":[{"index":0,\
      "message":{"role":"assistant","content":"Hello","refusal":null,"tool_calls":[{"id":"i","type":\
      "function","function":{"name":"f","arguments":"{}"}}],"annotations":[]},"logprobs":null,\
      "finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2,\
      "prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":\
      {"reasoning_tokens":0},"cost":0,"cost_in_usd_ticks":0},"service_tier":"default",\
      "system_fingerprint":"f"}\
      """;

  static final String CHUNK =
      """
      {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[{"index":\
      0,"delta":{"role":"assistant","content":"Hello","tool_calls":[{"index":0,"id":"i","type":\
      "function","function":{"name":"f","arguments":"{}"}}]},"logprobs":null,"finish_reason":null}],\
      "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2,"cost":0}}\
      """;

  static final String ERROR =
      """
      {"error":{"message":"m","type":"t","code":"c","param":"p","status":"s","details":[{"a":"b"}]},\
      "detail":"d","message":"m","object":"error"}\
      """;

  private AnswerTexts() {}
}
