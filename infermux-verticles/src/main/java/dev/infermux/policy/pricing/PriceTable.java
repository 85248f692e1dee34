package dev.infermux.policy.pricing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.inference.Usd;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The list prices that come with the jar.
 *
 * @param asOf the day they were last checked
 */
record PriceTable(LocalDate asOf, Map<String, PriceSection> sections) {

  private static final String RESOURCE = "prices.json";

  static PriceTable builtIn() {
    JsonMapper mapper =
        JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    try (InputStream in = PriceTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + RESOURCE);
      }
      return parse(mapper.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PriceTable parse(JsonNode table) {
    Map<String, PriceSection> sections = new HashMap<>();
    for (Map.Entry<String, JsonNode> provider : table.required("providers").properties()) {
      Map<String, Price> models = new HashMap<>();
      for (Map.Entry<String, JsonNode> model : provider.getValue().properties()) {
        models.put(model.getKey(), price(model.getValue()));
      }
      sections.put(provider.getKey(), new PriceSection(models));
    }
    return new PriceTable(LocalDate.parse(table.required("as_of").textValue()), sections);
  }

  private static Price price(JsonNode row) {
    Rates base = rates(row);
    JsonNode tier = row.get("tier");
    return tier == null
        ? Price.flat(base)
        : new Price(base, tier.required("above_tokens").longValue(), rates(tier));
  }

  private static Rates rates(JsonNode row) {
    return rates(
        row.required("input").decimalValue(),
        row.required("output").decimalValue(),
        decimal(row, "cache_read"),
        decimal(row, "cache_write_5m"),
        decimal(row, "cache_write_1h"));
  }

  static Rates rates(ModelPrice price) {
    return rates(
        price.inputPerMillion(),
        price.outputPerMillion(),
        price.cacheReadPerMillion(),
        price.cacheWritePerMillion(),
        price.cacheWrite1hPerMillion());
  }

  private static Rates rates(
      BigDecimal input,
      BigDecimal output,
      @Nullable BigDecimal cacheRead,
      @Nullable BigDecimal cacheWrite5m,
      @Nullable BigDecimal cacheWrite1h) {
    long in = nanos(input);
    long write5m = cacheWrite5m == null ? in : nanos(cacheWrite5m);
    return Rates.of(
        in,
        cacheRead == null ? in : nanos(cacheRead),
        write5m,
        cacheWrite1h == null ? write5m : nanos(cacheWrite1h),
        nanos(output));
  }

  private static @Nullable BigDecimal decimal(JsonNode row, String field) {
    JsonNode value = row.get(field);
    return value == null ? null : value.decimalValue();
  }

  private static long nanos(BigDecimal dollars) {
    return Usd.of(dollars).nanos();
  }
}
