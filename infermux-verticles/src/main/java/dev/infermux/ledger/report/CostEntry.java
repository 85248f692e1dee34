package dev.infermux.ledger.report;

import dev.infermux.inference.Shortened;
import dev.infermux.inference.Usd;

/**
 * What one attempt cost and what for. Empty names become {@link #NONE}; names are cut off at {@link
 * #MOST_CHARACTERS}, for callers choose some of them.
 *
 * @param promptTokens all of them, cached ones included
 */
public record CostEntry(
    String project,
    String group,
    String provider,
    String model,
    Usd cost,
    long promptTokens,
    long completionTokens) {

  /** The name of what has none. */
  public static final String NONE = "none";

  /** The provider, model, group and project of what was reserved and never settled. */
  public static final String UNSETTLED = "unsettled";

  public static final int MOST_CHARACTERS = 256;

  public CostEntry {
    project = name(project);
    group = name(group);
    provider = name(provider);
    model = name(model);
    cost = cost.nanos() < 0 ? Usd.ZERO : cost;
    promptTokens = Math.max(0, promptTokens);
    completionTokens = Math.max(0, completionTokens);
  }

  /** Counts as spent because the true cost is unknown. */
  public static CostEntry unsettled(Usd cost) {
    return new CostEntry(UNSETTLED, UNSETTLED, UNSETTLED, UNSETTLED, cost, 0, 0);
  }

  private static String name(String name) {
    return name.isEmpty() ? NONE : Shortened.beginning(name, MOST_CHARACTERS);
  }
}
