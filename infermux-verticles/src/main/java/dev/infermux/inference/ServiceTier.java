package dev.infermux.inference;

import java.util.Locale;
import java.util.Set;

/** The vendors' names of service tiers, which have rates of their own. */
public final class ServiceTier {

  public static final String PRIORITY = "priority";
  public static final String FLEX = "flex";
  public static final String BATCH = "batch";

  private static final Set<String> STANDARD =
      Set.of("", "auto", "default", "standard", "standard_only", "on_demand");

  private ServiceTier() {}

  /** Whether the list price counts. */
  public static boolean standard(String tier) {
    return STANDARD.contains(tier.toLowerCase(Locale.ROOT));
  }

  /** The name under which its rates are listed; what is unknown is taken for the dearest. */
  public static String listed(String tier) {
    return switch (tier.toLowerCase(Locale.ROOT)) {
      case FLEX -> FLEX;
      case BATCH, "batches" -> BATCH;
      default -> PRIORITY;
    };
  }

  /** Tokens of an answer that does not name its tier, of a call that asked for one. */
  public static Usage assumed(Usage usage, String asked) {
    if (standard(asked) || !usage.terms().tier().isEmpty()) {
      return usage;
    }
    Usage guessed =
        new Usage(
            usage.input(),
            usage.cacheRead(),
            usage.cacheWrite5m(),
            usage.cacheWrite1h(),
            usage.output(),
            usage.reasoning(),
            true,
            usage.terms());
    return listed(asked).equals(PRIORITY) ? guessed.inTier(asked) : guessed;
  }
}
