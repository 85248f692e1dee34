package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.json.JsonCursor;
import java.util.stream.Stream;

/** How the vendors and relays of OpenAI's dialect spell what they count. */
@SuppressWarnings("ImmutableEnumChecker") // the arrays never leave it
enum UsageNames {
  PROMPT("prompt_tokens", "promptTokenCount"),
  COMPLETION("completion_tokens", "candidatesTokenCount"),

  /** The newer names; beside {@link #CACHE_READ} they are Anthropic's, and leave caches out. */
  INPUT("input_tokens", "inputTokens"),
  OUTPUT("output_tokens", "outputTokens"),
  TOTAL("total_tokens", "totalTokens", "totalTokenCount"),
  DETAILS("prompt_tokens_details", "input_tokens_details", "input_token_details", "cache_creation"),
  OUTPUT_DETAILS("completion_tokens_details", "output_tokens_details", "output_token_details"),

  /** OpenAI's and Moonshot's, DeepSeek's, vLLM's, Gemini's, and those of relays. */
  CACHED(
      "cached_tokens",
      "prompt_cache_hit_tokens",
      "cached_prompt_tokens",
      "prompt_cached_tokens",
      "cached_input_tokens",
      "input_cached_tokens",
      "num_cached_tokens",
      "cachedContentTokenCount"),

  /** Anthropic's, LiteLLM's and Bedrock's. */
  CACHE_READ(
      "cache_read_input_tokens",
      "cache_read_tokens",
      "cacheReadInputTokens",
      "cacheReadInputTokenCount"),
  CACHE_WRITE(
      "cache_creation_input_tokens",
      "cache_creation_tokens",
      "cache_write_tokens",
      "cache_write_input_tokens",
      "cacheWriteInputTokens",
      "cacheWriteInputTokenCount"),
  CACHE_WRITE_5M("ephemeral_5m_input_tokens", "claude_cache_creation_5_m_tokens"),
  CACHE_WRITE_1H("ephemeral_1h_input_tokens", "claude_cache_creation_1_h_tokens"),
  REASONING("reasoning_tokens"),
  AUDIO("audio_tokens"),

  /** What OpenRouter bills, and xAI. */
  COST("cost"),
  TICKS("cost_in_usd_ticks"),

  /** Gemini's reasoning, which its count of candidates leaves out. */
  THOUGHTS("thoughtsTokenCount");

  private final byte[][] names;

  UsageNames(String... names) {
    this.names = Stream.of(names).map(name -> name.getBytes(US_ASCII)).toArray(byte[][]::new);
  }

  /** Whether the field that the cursor stands at has one of these names. */
  boolean next(JsonCursor json) {
    for (byte[] name : names) {
      if (json.nameIs(name)) {
        return true;
      }
    }
    return false;
  }
}
