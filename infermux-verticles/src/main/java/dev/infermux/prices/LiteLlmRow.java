package dev.infermux.prices;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One model of LiteLLM's price file, in dollars a token. */
record LiteLlmRow(JsonNode row) {

  private static final String INPUT = "input_cost_per_token";
  private static final String OUTPUT = "output_cost_per_token";

  /** Our names of rates, and LiteLLM's. */
  private static final Map<String, String> RATES =
      Map.of(
          "input", INPUT,
          "output", OUTPUT,
          "cache_read", "cache_read_input_token_cost",
          "cache_write_5m", "cache_creation_input_token_cost",
          "cache_write_1h", "cache_creation_input_token_cost_above_1hr",
          "audio_input", "input_cost_per_audio_token",
          "audio_output", "output_cost_per_audio_token");

  private static final Map<String, String> SERVICE_TIERS =
      Map.of("flex", "_flex", "priority", "_priority", "batch", "_batches");

  private static final Pattern ABOVE =
      Pattern.compile("(?:in|out)put_cost_per_token_above_(\\d{1,5})k_tokens");
  private static final int DECIMALS = 9;

  /** Whether it has a price by the token; an embedding has none for its output. */
  static boolean priced(JsonNode row) {
    boolean embedding = row.path("mode").asText("").equals("embedding");
    return usable(row.get(INPUT)) != null && (embedding || usable(row.get(OUTPUT)) != null);
  }

  /** In the format of the price list. */
  ObjectNode listed() {
    ObjectNode ours = rates("");
    TreeSet<Integer> above = above();
    if (!above.isEmpty()) {
      ours.set("tier", tier(above.first(), ours, ""));
    }
    int most = row.path("max_output_tokens").asInt(0);
    if (most > 0) {
      ours.put("max_output_tokens", most);
    }
    SERVICE_TIERS.forEach(
        (name, suffix) -> {
          if (usable(row.get(INPUT + suffix)) != null) {
            ours.set(name, serviceTier(ours, suffix, above));
          }
        });
    if (above.size() > 1) {
      ours.put("partial", true);
    }
    return ours.put("source", "litellm");
  }

  private ObjectNode rates(String suffix) {
    ObjectNode ours = PriceJson.MAPPER.createObjectNode();
    for (String field : PriceFields.RATES) {
      BigDecimal rate = usable(row.get(RATES.get(field) + suffix));
      if (rate != null) {
        ours.put(field, perMillion(rate));
      }
    }
    if (!ours.has("output") && suffix.isEmpty()) {
      ours.put("output", BigDecimal.ZERO);
    }
    return ours;
  }

  /** Rates of a long prompt; what LiteLLM leaves out is as with a short one. */
  private ObjectNode tier(int thousands, ObjectNode base, String suffix) {
    ObjectNode own = rates("_above_" + thousands + "k_tokens" + suffix);
    return filled(own, base).put("above_tokens", thousands * 1000);
  }

  private ObjectNode serviceTier(ObjectNode standard, String suffix, TreeSet<Integer> above) {
    ObjectNode own = filled(rates(suffix), standard);
    if (!above.isEmpty()) {
      ObjectNode longer = (ObjectNode) standard.get("tier");
      ObjectNode named = rates("_above_" + above.first() + "k_tokens" + suffix);
      ObjectNode scaled = PriceJson.MAPPER.createObjectNode();
      for (String field : PriceFields.RATES) {
        if (longer.has(field)) {
          scaled.put(field, scaled(longer.get(field), own, standard));
        }
      }
      scaled.setAll(named);
      own.set("tier", scaled.put("above_tokens", longer.get("above_tokens").intValue()));
    }
    return own;
  }

  /** The rates it lacks, scaled as its input is to that of {@code base}. */
  private static ObjectNode filled(ObjectNode own, ObjectNode base) {
    for (String field : PriceFields.RATES) {
      if (!own.has(field) && base.has(field)) {
        own.put(
            field,
            own.has("input") && !field.equals("output")
                ? scaled(base.get(field), own, base)
                : base.get(field).decimalValue());
      }
    }
    return own;
  }

  private static BigDecimal scaled(JsonNode rate, JsonNode own, JsonNode base) {
    BigDecimal from = base.get("input").decimalValue();
    return from.signum() == 0
        ? rate.decimalValue()
        : plain(
            rate.decimalValue()
                .multiply(own.get("input").decimalValue())
                .divide(from, MathContext.DECIMAL64));
  }

  private TreeSet<Integer> above() {
    TreeSet<Integer> thousands = new TreeSet<>();
    row.fieldNames()
        .forEachRemaining(
            name -> {
              Matcher matcher = ABOVE.matcher(name);
              if (matcher.matches() && usable(row.get(name)) != null) {
                thousands.add(Math.max(1, Integer.parseInt(matcher.group(1))));
              }
            });
    return thousands;
  }

  private static @Nullable BigDecimal usable(@Nullable JsonNode cost) {
    if (cost == null || !cost.isNumber()) {
      return null;
    }
    BigDecimal dollars = cost.decimalValue();
    return dollars.signum() >= 0 && (long) dollars.precision() - dollars.scale() <= 1
        ? dollars
        : null;
  }

  private static BigDecimal perMillion(BigDecimal dollars) {
    return plain(dollars.movePointRight(6));
  }

  private static BigDecimal plain(BigDecimal rate) {
    BigDecimal short9 = rate.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
    return short9.scale() < 0 ? short9.setScale(0) : short9;
  }
}
