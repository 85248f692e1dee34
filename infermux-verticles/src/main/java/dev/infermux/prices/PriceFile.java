package dev.infermux.prices;

import dev.infermux.network.SpecialFile;
import dev.infermux.network.UnusableFile;
import dev.infermux.policy.pricing.ListPrice;
import dev.infermux.policy.pricing.PriceTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A price list.
 *
 * @param asOf the day its prices were last checked; null = it does not say
 * @param replaces whether it stands in the place of the built-in list, not over it
 * @param sections the rows by vendor, then by model
 */
public record PriceFile(
    @Nullable LocalDate asOf, boolean replaces, Map<String, Map<String, ListPrice>> sections) {

  private static final String RESOURCE = "prices.json";

  /** The list that comes with the jar. */
  public static PriceFile builtIn() {
    try (InputStream in = PriceTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + RESOURCE);
      }
      return PriceRows.list(PriceJson.MAPPER.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A list of the format of the built-in one.
   *
   * @throws UnusableFile when there is none, or something in it is wrong
   */
  public static PriceFile read(Path file) {
    SpecialFile.refuse(file);
    try {
      return PriceRows.list(PriceJson.read(file));
    } catch (BadPriceRow wrong) {
      throw UnusableFile.wrong(file, "is no price list: " + wrong.getMessage());
    }
  }

  /**
   * A list of that format, or LiteLLM's.
   *
   * @throws UnusableFile when there is none, or something in it is wrong
   */
  public static PriceFile readEither(Path file) {
    try {
      var list = PriceJson.read(file);
      return PriceRows.list(list.has("providers") ? list : LiteLlmImport.of(list).list());
    } catch (BadPriceRow wrong) {
      throw UnusableFile.wrong(file, "is no price list: " + wrong.getMessage());
    }
  }

  /** What counts where this list is configured: its rows, and those of the built-in list below. */
  public PriceFile effective() {
    PriceFile below = builtIn();
    Map<String, Map<String, ListPrice>> all = new LinkedHashMap<>();
    below.sections.forEach(
        (vendor, rows) -> {
          if (!replaces || rows.keySet().equals(Set.of("*"))) {
            all.put(vendor, new LinkedHashMap<>(rows));
          }
        });
    sections.forEach(
        (vendor, rows) -> all.computeIfAbsent(vendor, any -> new LinkedHashMap<>()).putAll(rows));
    return new PriceFile(asOf == null ? below.asOf : asOf, true, all);
  }

  public PriceTable table() {
    return new PriceTable(Objects.requireNonNull(asOf, "as_of"), sections);
  }
}
