package dev.infermux.policy.pricing;

import dev.infermux.inference.Usd;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** List prices, in a section for each vendor. */
public final class PriceTable {

  private final LocalDate asOf;
  private final Map<String, PriceSection> sections = new HashMap<>();

  /**
   * A table of so many sections.
   *
   * @param asOf the day the prices were last checked
   * @param listed the vendors' models by the vendors' names
   */
  public PriceTable(LocalDate asOf, Map<String, Map<String, ListPrice>> listed) {
    this.asOf = asOf;
    listed.forEach((vendor, models) -> sections.put(vendor, section(models)));
  }

  LocalDate asOf() {
    return asOf;
  }

  /** The vendors whose models it names. */
  Set<String> vendors() {
    return sections.entrySet().stream()
        .filter(section -> section.getValue().namesModels())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  Map<String, PriceSection> sections() {
    return sections;
  }

  private static PriceSection section(Map<String, ListPrice> models) {
    Map<String, Price> prices = new HashMap<>();
    models.forEach((model, listed) -> prices.put(model, listed.price()));
    return new PriceSection(prices);
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

  private static long nanos(BigDecimal dollars) {
    return Usd.of(dollars).nanos();
  }
}
