package dev.infermux.dialect.responses;

import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSyntaxException;
import org.jspecify.annotations.Nullable;

/** A response's {@code usage}, read into buckets that do not overlap, and written. */
final class ResponsesUsage {

  /** More than any prompt or answer has: such a report is ignored. */
  private static final long MOST = 1_000_000_000;

  private final JsonCursor json;
  private long input;
  private long output;
  private long cached;
  private long written;
  private long reasoning;

  private ResponsesUsage(JsonCursor json) {
    this.json = json;
  }

  /** Consumes one value; null when it is no usage, or counts nothing at all. */
  static @Nullable Usage read(JsonCursor json) {
    ResponsesUsage usage = new ResponsesUsage(json);
    usage.counts();
    return usage.usage();
  }

  private void counts() {
    if (json.kind() != JsonKind.OBJECT) {
      json.skip();
      return;
    }
    json.enterObject();
    while (json.nextField()) {
      switch (json.name()) {
        case "input_tokens" -> input = count();
        case "output_tokens" -> output = count();
        case "cached_tokens" -> cached = count();
        case "cache_write_tokens" -> written = count();
        case "reasoning_tokens" -> reasoning = count();
        case "input_tokens_details", "output_tokens_details" -> counts();
        default -> json.skip();
      }
    }
  }

  /** Usage never spoils an answer: what is no count is 0. */
  private long count() {
    if (json.kind() != JsonKind.NUMBER) {
      json.skip();
      return 0;
    }
    try {
      long value = json.longValue();
      return value < 0 || value > MOST ? 0 : value;
    } catch (JsonSyntaxException fractional) {
      return 0;
    }
  }

  private @Nullable Usage usage() {
    if (input == 0 && output == 0) {
      return null;
    }
    long read = Math.min(cached, input);
    long write = Math.min(written, input - read);
    return new Usage(
        input - read - write, read, write, 0, output, Math.min(reasoning, output), false);
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
