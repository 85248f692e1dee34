package dev.infermux.dialect.openai;

import dev.infermux.inference.Usage;
import dev.infermux.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/** Writes the usage that a program counts. */
final class UsageJson {

  private UsageJson() {}

  /** A field of the object that is open; nothing for null. */
  static void write(JsonOutput out, @Nullable Usage usage) {
    if (usage == null) {
      return;
    }
    out.name("usage").object();
    out.field("prompt_tokens", usage.promptTokens());
    out.field("completion_tokens", usage.completionTokens());
    out.field("total_tokens", usage.promptTokens() + usage.completionTokens());
    out.name("prompt_tokens_details").object().field("cached_tokens", usage.cachedTokens());
    out.endObject();
    out.name("completion_tokens_details").object().field("reasoning_tokens", usage.reasoning());
    out.endObject().endObject();
  }
}
