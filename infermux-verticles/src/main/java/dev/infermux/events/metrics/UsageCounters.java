package dev.infermux.events.metrics;

import dev.infermux.inference.Usage;
import dev.infermux.tokentrace.span.GenAi;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The tokens of all attempts by bucket; the newer conventions alone have names for them. */
final class UsageCounters {

  private static final String PREFIX = "gen_ai.client.inference.usage.";

  private final List<Bucket> buckets;

  /** One kind of tokens. */
  private record Bucket(LongCounter counter, ToLongFunction<Usage> tokens) {}

  private UsageCounters(List<Bucket> buckets) {
    this.buckets = List.copyOf(buckets);
  }

  static UsageCounters of(Meter meter, GenAi names) {
    List<Bucket> buckets = new ArrayList<>();
    if (names == GenAi.LATEST) {
      buckets.add(bucket(meter, "input_tokens", Usage::promptTokens));
      buckets.add(bucket(meter, "output_tokens", Usage::completionTokens));
      buckets.add(bucket(meter, "cache_read.input_tokens", Usage::cacheRead));
      buckets.add(
          bucket(
              meter,
              "cache_write.input_tokens",
              usage -> usage.cacheWrite5m() + usage.cacheWrite1h()));
      buckets.add(bucket(meter, "reasoning.output_tokens", Usage::reasoning));
    }
    return new UsageCounters(buckets);
  }

  void add(Usage usage, Attributes attributes) {
    for (Bucket bucket : buckets) {
      long tokens = bucket.tokens().applyAsLong(usage);
      if (tokens > 0) {
        bucket.counter().add(tokens, attributes);
      }
    }
  }

  private static Bucket bucket(Meter meter, String name, ToLongFunction<Usage> tokens) {
    return new Bucket(
        meter
            .counterBuilder(PREFIX + name)
            .setUnit("{token}")
            .setDescription("Tokens of inferences.")
            .build(),
        tokens);
  }
}
