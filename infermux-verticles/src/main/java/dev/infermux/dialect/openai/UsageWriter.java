package dev.infermux.dialect.openai;

import dev.infermux.inference.Usage;
import dev.infermux.json.JsonOutput;

/** Writes what an answer used, in all buckets that the dialect has. */
final class UsageWriter {

  private UsageWriter() {}

  static void write(JsonOutput out, Usage usage) {
    long prompt = usage.promptTokens();
    long completion = usage.completionTokens();
    out.name("usage").object();
    out.field("prompt_tokens", prompt).field("completion_tokens", completion);
    out.field("total_tokens", prompt + completion).name("prompt_tokens_details").object();
    out.field("cached_tokens", usage.cachedTokens());
    out.field("cache_write_tokens", usage.cacheWrite5m() + usage.cacheWrite1h()).endObject();
    out.name("completion_tokens_details").object();
    out.field("reasoning_tokens", usage.reasoning()).endObject().endObject();
  }
}
