package dev.infermux.prices;

import com.fasterxml.jackson.databind.JsonNode;
import dev.infermux.inference.ServiceTier;
import dev.infermux.policy.pricing.AudioPrice;
import dev.infermux.policy.pricing.DailyHours;
import dev.infermux.policy.pricing.ListPrice;
import dev.infermux.policy.pricing.ModelPrice;
import dev.infermux.policy.pricing.PriceVariants;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a price list; nothing that it does not know passes in silence. */
final class PriceRows {

  private static final List<String> SERVICE_TIERS =
      List.of(ServiceTier.FLEX, ServiceTier.PRIORITY, ServiceTier.BATCH);
  private static final Set<String> LIST =
      Set.of("as_of", "replaces", "currency", "unit", "sources", "rules", "providers");
  private static final Set<String> RATES = Set.copyOf(PriceFields.RATES);
  private static final Set<String> ROW =
      Set.of(
          "tier",
          "peak",
          "flex",
          "priority",
          "batch",
          "max_output_tokens",
          "partial",
          "source",
          "note",
          "since");

  private PriceRows() {}

  static PriceFile list(JsonNode list) {
    known(list, "", LIST, Set.of());
    if (list.has("currency") && !list.get("currency").asText().equals("USD")) {
      throw new BadPriceRow("currency", list.get("currency").toString(), "USD");
    }
    boolean replaces = flag(list, "replaces", "");
    LocalDate asOf = date(list.path("as_of"));
    if (replaces && asOf == null) {
      throw new BadPriceRow("as_of", "missing", "a day, since the list replaces the built-in one");
    }
    JsonNode providers = list.path("providers");
    object(providers, "providers");
    Map<String, Map<String, ListPrice>> sections = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> provider : providers.properties()) {
      String at = "providers." + provider.getKey();
      object(provider.getValue(), at);
      Map<String, ListPrice> models = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> model : provider.getValue().properties()) {
        models.put(model.getKey(), row(model.getValue(), at + ".\"" + model.getKey() + "\""));
      }
      sections.put(provider.getKey(), models);
    }
    return new PriceFile(asOf, replaces, sections);
  }

  private static ListPrice row(JsonNode row, String at) {
    object(row, at);
    known(row, at, RATES, ROW);
    return new ListPrice(
        price(row, at).withVariants(variants(row, at)),
        row.has("max_output_tokens") ? count(row, "max_output_tokens", at) : 0,
        flag(row, "partial", at));
  }

  private static PriceVariants variants(JsonNode row, String at) {
    PriceVariants variants = PriceVariants.NONE.withTiers(serviceTiers(row, at));
    JsonNode tier = row.get("tier");
    if (tier != null) {
      object(tier, at + ".tier");
      known(tier, at + ".tier", RATES, Set.of("above_tokens"));
      variants =
          variants.above(count(tier, "above_tokens", at + ".tier"), price(tier, at + ".tier"));
    }
    JsonNode peak = row.get("peak");
    return peak == null ? variants : variants.withPeak(peak(peak, at + ".peak"));
  }

  private static PriceVariants.PeakPrice peak(JsonNode peak, String at) {
    object(peak, at);
    known(peak, at, RATES, Set.of("hours"));
    List<DailyHours.Span> spans = new ArrayList<>();
    for (JsonNode span : peak.path("hours")) {
      spans.add(
          DailyHours.parse(span.asText())
              .orElseThrow(
                  () -> new BadPriceRow(at + ".hours", span.toString(), DailyHours.EXPECTED)));
    }
    if (spans.isEmpty()) {
      throw new BadPriceRow(at + ".hours", "none", "a list of " + DailyHours.EXPECTED);
    }
    return new PriceVariants.PeakPrice(new DailyHours(spans), price(peak, at));
  }

  private static Map<String, ModelPrice> serviceTiers(JsonNode row, String at) {
    Map<String, ModelPrice> tiers = new LinkedHashMap<>();
    for (String name : SERVICE_TIERS) {
      if (row.has(name)) {
        tiers.put(name, row(row.get(name), at + "." + name).price());
      }
    }
    return tiers;
  }

  private static ModelPrice price(JsonNode row, String at) {
    BigDecimal audioIn = rate(row, "audio_input", at);
    BigDecimal audioOut = rate(row, "audio_output", at);
    boolean audio = audioIn != null || audioOut != null;
    return new ModelPrice(
            need(row, "input", at),
            need(row, "output", at),
            rate(row, "cache_read", at),
            rate(row, "cache_write_5m", at),
            rate(row, "cache_write_1h", at))
        .withAudio(audio ? new AudioPrice(audioIn, audioOut) : null);
  }

  private static BigDecimal need(JsonNode row, String field, String at) {
    BigDecimal rate = rate(row, field, at);
    if (rate == null) {
      throw new BadPriceRow(at + "." + field, "missing", "USD per million tokens");
    }
    return rate;
  }

  private static @Nullable BigDecimal rate(JsonNode row, String field, String at) {
    JsonNode value = row.get(field);
    if (value == null) {
      return null;
    }
    BigDecimal rate = value.isNumber() ? value.decimalValue() : BigDecimal.ONE.negate();
    if (rate.signum() < 0
        || (long) rate.precision() - rate.scale() > 7
        || rate.stripTrailingZeros().scale() > 9) {
      throw new BadPriceRow(
          at + "." + field, value.toString(), "USD per million tokens, 0 to 9999999.999999999");
    }
    return rate;
  }

  private static int count(JsonNode row, String field, String at) {
    JsonNode value = row.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
      String found = value.isMissingNode() ? "missing" : value.toString();
      throw new BadPriceRow(at + "." + field, found, "a number of tokens");
    }
    return value.intValue();
  }

  private static boolean flag(JsonNode row, String field, String at) {
    if (row.has(field) && !row.get(field).isBoolean()) {
      String where = at.isEmpty() ? field : at + "." + field;
      throw new BadPriceRow(where, row.get(field).toString(), "true or false");
    }
    return row.path(field).booleanValue();
  }

  private static @Nullable LocalDate date(JsonNode value) {
    if (value.isMissingNode()) {
      return null;
    }
    try {
      return LocalDate.parse(value.asText());
    } catch (DateTimeParseException e) {
      throw new BadPriceRow("as_of", value.toString(), "a day such as 2026-11-27");
    }
  }

  private static void object(JsonNode value, String at) {
    if (!value.isObject()) {
      throw new BadPriceRow(at, value.isMissingNode() ? "missing" : value.toString(), "an object");
    }
  }

  private static void known(JsonNode row, String at, Set<String> some, Set<String> more) {
    for (Map.Entry<String, JsonNode> field : row.properties()) {
      if (!some.contains(field.getKey()) && !more.contains(field.getKey())) {
        throw new BadPriceRow(at, "\"" + field.getKey() + "\" is no field of it", "one it has");
      }
    }
  }
}
