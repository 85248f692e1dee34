package dev.infermux.dialect.responses;

import dev.infermux.dialect.openai.UsageReader;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/** A response's {@code usage}, read into buckets that do not overlap, and written. */
final class ResponsesUsage {

  private ResponsesUsage() {}

  /** Consumes one value; null when it is no usage, or counts nothing at all. */
  static @Nullable Usage read(JsonCursor json) {
    return UsageReader.read(json);
  }

  /** Writes it as a value; null as nothing. */
  static void write(@Nullable Usage usage, JsonOutput json) {
    if (usage == null) {
      json.nothing();
      return;
    }
    json.object().field("input_tokens", usage.promptTokens());
    json.name("input_tokens_details").object().field("cached_tokens", usage.cachedTokens());
    json.field("cache_write_tokens", usage.cacheWrite5m() + usage.cacheWrite1h()).endObject();
    json.field("output_tokens", usage.output());
    json.name("output_tokens_details").object();
    json.field("reasoning_tokens", usage.reasoning()).endObject();
    json.field("total_tokens", usage.promptTokens() + usage.output()).endObject();
  }
}
