package dev.infermux.e2e.kit;

import dev.infermux.testing.MockAnswer;

/** Requests that callers make, and answers as OpenAI gives them. */
public final class Texts {

  /** 19 tokens in, 10 out. */
  public static final String CHAT_ANSWER =
      """
      {"id":"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG","object":"chat.completion",\
      "created":1741570283,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"message":\
      {"role":"assistant","content":"Hello there","refusal":null,"annotations":[]},\
      "logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":19,\
      "completion_tokens":10,"total_tokens":29,"prompt_tokens_details":{"cached_tokens":0,\
      "audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,\
      "accepted_prediction_tokens":0,"rejected_prediction_tokens":0}},\
      "service_tier":"default","system_fingerprint":"fp_06737a9306"}\
      """;

  public static final String EMBEDDINGS_ANSWER =
      """
      {"object":"list","data":[{"object":"embedding","index":0,\
      "embedding":[0.25,-0.5,0.125]}],"model":"text-embedding-3-small",\
      "usage":{"prompt_tokens":8,"total_tokens":8}}\
      """;

  private static final String CHUNK_HEAD =
      """
      {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1741570283,\
      "model":"gpt-4o-mini-2024-07-18","system_fingerprint":"fp_06737a9306",\
      """;

  private Texts() {}

  /** A chat of one message. */
  public static String chat(String model, String message) {
    return "{\"model\":\""
        + model
        + "\",\"messages\":[{\"role\":\"user\",\"content\":\""
        + message
        + "\"}]}";
  }

  /** The same, streamed. */
  public static String stream(String model, String message) {
    return "{\"stream\":true," + chat(model, message).substring(1);
  }

  /** A streamed answer of 19 tokens in and 10 out that says "Hello there". */
  public static MockAnswer streamAnswer() {
    return MockAnswer.events(
        role(), delta("Hello"), delta(" there"), finish(), usage(19, 10), "[DONE]");
  }

  public static String role() {
    return chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null");
  }

  public static String delta(String text) {
    return chunk("{\"content\":\"" + text + "\"}", "null");
  }

  public static String finish() {
    return chunk("{}", "\"stop\"");
  }

  public static String usage(int in, int out) {
    return CHUNK_HEAD
        + "\"choices\":[],\"usage\":{\"prompt_tokens\":"
        + in
        + ",\"completion_tokens\":"
        + out
        + ",\"total_tokens\":"
        + (in + out)
        + "}}";
  }

  private static String chunk(String delta, String reason) {
    return CHUNK_HEAD
        + "\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"logprobs\":null,\"finish_reason\":"
        + reason
        + "}],\"usage\":null}";
  }
}
