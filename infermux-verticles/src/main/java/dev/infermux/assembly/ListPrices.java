package dev.infermux.assembly;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.inference.ServiceTier;
import dev.infermux.policy.pricing.ListPrice;
import dev.infermux.policy.pricing.ModelPrice;
import dev.infermux.policy.pricing.PriceTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the list prices that come with the jar. */
public final class ListPrices {

  private static final String RESOURCE = "prices.json";

  private ListPrices() {}

  public static PriceTable builtIn() {
    JsonMapper mapper =
        JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    try (InputStream in = PriceTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + RESOURCE);
      }
      return table(mapper.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PriceTable table(JsonNode table) {
    Map<String, Map<String, ListPrice>> sections = new HashMap<>();
    for (Map.Entry<String, JsonNode> provider : table.required("providers").properties()) {
      Map<String, ListPrice> models = new HashMap<>();
      for (Map.Entry<String, JsonNode> model : provider.getValue().properties()) {
        models.put(model.getKey(), row(model.getValue()));
      }
      sections.put(provider.getKey(), models);
    }
    return new PriceTable(LocalDate.parse(table.required("as_of").textValue()), sections);
  }

  private static ListPrice row(JsonNode row) {
    JsonNode tier = row.get("tier");
    return new ListPrice(
        price(row),
        tier == null ? Long.MAX_VALUE : tier.required("above_tokens").longValue(),
        tier == null ? null : price(tier),
        row.path("max_output_tokens").intValue(),
        tiers(row),
        row.path("partial").booleanValue());
  }

  private static Map<String, ListPrice> tiers(JsonNode row) {
    Map<String, ListPrice> tiers = new HashMap<>();
    for (String name : List.of(ServiceTier.FLEX, ServiceTier.PRIORITY, ServiceTier.BATCH)) {
      JsonNode own = row.get(name);
      if (own != null) {
        tiers.put(name, row(own));
      }
    }
    return tiers;
  }

  private static ModelPrice price(JsonNode row) {
    return new ModelPrice(
        row.required("input").decimalValue(),
        row.required("output").decimalValue(),
        decimal(row, "cache_read"),
        decimal(row, "cache_write_5m"),
        decimal(row, "cache_write_1h"));
  }

  private static @Nullable BigDecimal decimal(JsonNode row, String field) {
    JsonNode value = row.get(field);
    return value == null ? null : value.decimalValue();
  }
}
