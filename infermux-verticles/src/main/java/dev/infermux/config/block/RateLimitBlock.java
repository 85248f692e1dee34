package dev.infermux.config.block;

import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Numbers;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.tree.Fields;
import dev.infermux.policy.ratelimit.RateLimitOptions;

/** {@code rate_limits} of a provider. */
public final class RateLimitBlock {
  private static final Key<Long> REQUESTS_PER_MINUTE =
      Key.optional(
          "requests_per_minute",
          Numbers.wholeLong(1),
          "Calls in a rolling minute; absent = not limited.");
  private static final Key<Long> TOKENS_PER_MINUTE =
      Key.optional(
          "tokens_per_minute",
          Numbers.wholeLong(1),
          "Tokens in a rolling minute; absent = not limited.");

  public static final Block BLOCK = Block.of(REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE);

  private RateLimitBlock() {}

  public static RateLimitOptions read(Fields fields) {
    return new RateLimitOptions(
        fields.get(REQUESTS_PER_MINUTE, RateLimitOptions.UNLIMITED),
        fields.get(TOKENS_PER_MINUTE, RateLimitOptions.UNLIMITED));
  }
}
