package dev.infermux.config.block;

import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Numbers;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.tree.Fields;
import dev.infermux.policy.ratelimit.CallerLimitOptions;
import dev.infermux.policy.ratelimit.RateLimitOptions;

/** {@code limits.per_caller}, and the {@code limits} of a key. */
final class CallerLimitBlock {
  private static final Key<Long> REQUESTS_PER_MINUTE =
      Key.optional(
          "requests_per_minute",
          Numbers.wholeLong(1),
          "Calls of one caller in a rolling minute; absent = not limited.");
  private static final Key<Long> TOKENS_PER_MINUTE =
      Key.optional(
          "tokens_per_minute",
          Numbers.wholeLong(1),
          "Tokens of one caller in a rolling minute; absent = not limited.");
  private static final Key<Integer> MAX_IN_FLIGHT =
      Key.optional(
          "max_in_flight", Numbers.whole(1), "Calls of one caller at once; absent = not limited.");

  static final Block BLOCK = Block.of(REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE, MAX_IN_FLIGHT);

  private CallerLimitBlock() {}

  static CallerLimitOptions read(Fields fields) {
    RateLimitOptions rates =
        new RateLimitOptions(
            fields.get(REQUESTS_PER_MINUTE, RateLimitOptions.UNLIMITED),
            fields.get(TOKENS_PER_MINUTE, RateLimitOptions.UNLIMITED));
    return new CallerLimitOptions(rates, fields.get(MAX_IN_FLIGHT, CallerLimitOptions.UNLIMITED));
  }
}
