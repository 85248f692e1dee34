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
    models.forEach((model, listed) -> prices.put(model, Price.of(listed)));
    return new PriceSection(prices);
  }

  static Rates rates(ModelPrice price) {
    long in = Usd.of(price.inputPerMillion()).nanos();
    long write5m = nanos(price.cacheWritePerMillion(), in);
    Rates text =
        Rates.of(
            in,
            nanos(price.cacheReadPerMillion(), in),
            write5m,
            nanos(price.cacheWrite1hPerMillion(), write5m),
            Usd.of(price.outputPerMillion()).nanos());
    AudioPrice audio = price.audio();
    return audio == null
        ? text
        : text.withAudio(
            nanos(audio.inputPerMillion(), Rates.UNKNOWN),
            nanos(audio.outputPerMillion(), Rates.UNKNOWN));
  }

  private static long nanos(@Nullable BigDecimal dollars, long absent) {
    return dollars == null ? absent : Usd.of(dollars).nanos();
  }
}
