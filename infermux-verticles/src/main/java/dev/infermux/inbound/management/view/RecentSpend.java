package dev.infermux.inbound.management.view;

import dev.infermux.inference.Usd;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the last hours or days cost.
 *
 * @param since from when on all is counted: the start of the process, unless the ledger has a file
 * @param first when the first bucket began; the last one is the current one
 * @param by by caller, model, project, group and provider, and there by name: dollars a bucket
 * @param unpriced what was charged since the start and has no price
 */
public record RecentSpend(
    Instant since,
    Instant first,
    Map<String, Map<String, List<Usd>>> by,
    List<UnpricedModel> unpriced) {

  public RecentSpend {
    by = Collections.unmodifiableMap(new LinkedHashMap<>(by));
    unpriced = List.copyOf(unpriced);
  }

  /**
   * A model without a price.
   *
   * @param attempts that count as 0
   */
  public record UnpricedModel(String provider, String model, long attempts) {

    /** Where in the configuration its price is set. */
    public static String key(String provider, String model) {
      String name = provider.matches("[A-Za-z_][\\w-]*") ? provider : '"' + provider + '"';
      return "pricing." + name + ".\"" + model + '"';
    }
  }
}
