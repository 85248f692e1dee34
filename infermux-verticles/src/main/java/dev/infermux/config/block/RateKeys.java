package dev.infermux.config.block;

import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Numbers;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.tree.Fields;
import dev.infermux.policy.pricing.AudioPrice;
import dev.infermux.policy.pricing.ModelPrice;
import java.math.BigDecimal;

/** What a million tokens of each kind cost. */
final class RateKeys {

  private static final Key<BigDecimal> INPUT_PER_MILLION =
      Key.required("input_per_million", Numbers.usd(), "Price of a million prompt tokens.");
  private static final Key<BigDecimal> OUTPUT_PER_MILLION =
      Key.required("output_per_million", Numbers.usd(), "Price of a million completion tokens.");
  private static final Key<BigDecimal> CACHED_INPUT_PER_MILLION =
      Key.optional(
          "cached_input_per_million",
          Numbers.usd(),
          "Price of a million prompt tokens read from a cache; absent = that of the others.");
  private static final Key<BigDecimal> CACHE_WRITE_PER_MILLION =
      Key.optional(
          "cache_write_per_million",
          Numbers.usd(),
          "Price of a million prompt tokens written to a cache; absent = that of the others.");
  private static final Key<BigDecimal> CACHE_WRITE_1H_PER_MILLION =
      Key.optional(
          "cache_write_1h_per_million",
          Numbers.usd(),
          "The same for a cache that lives an hour; absent = as other writes.");
  private static final Key<BigDecimal> AUDIO_INPUT_PER_MILLION =
      Key.optional(
          "audio_input_per_million",
          Numbers.usd(),
          "Price of a million prompt tokens of sound; absent = as text, told as estimated.");
  private static final Key<BigDecimal> AUDIO_OUTPUT_PER_MILLION =
      Key.optional(
          "audio_output_per_million",
          Numbers.usd(),
          "Price of a million completion tokens of sound; absent = as text, told as estimated.");

  static final Block BLOCK =
      Block.of(
          INPUT_PER_MILLION,
          OUTPUT_PER_MILLION,
          CACHED_INPUT_PER_MILLION,
          CACHE_WRITE_PER_MILLION,
          CACHE_WRITE_1H_PER_MILLION,
          AUDIO_INPUT_PER_MILLION,
          AUDIO_OUTPUT_PER_MILLION);

  private RateKeys() {}

  /** Reads the rates of a block that has these keys among others. */
  static ModelPrice read(Fields fields) {
    BigDecimal audioIn = fields.find(AUDIO_INPUT_PER_MILLION).orElse(null);
    BigDecimal audioOut = fields.find(AUDIO_OUTPUT_PER_MILLION).orElse(null);
    boolean audio = audioIn != null || audioOut != null;
    return new ModelPrice(
            fields.need(INPUT_PER_MILLION, BigDecimal.ZERO),
            fields.need(OUTPUT_PER_MILLION, BigDecimal.ZERO),
            fields.find(CACHED_INPUT_PER_MILLION).orElse(null),
            fields.find(CACHE_WRITE_PER_MILLION).orElse(null),
            fields.find(CACHE_WRITE_1H_PER_MILLION).orElse(null))
        .withAudio(audio ? new AudioPrice(audioIn, audioOut) : null);
  }
}
