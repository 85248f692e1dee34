package dev.infermux.api;

import dev.infermux.inference.Cost;
import dev.infermux.inference.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * What the router did for a call. {@link #NONE} in answers that no router has seen.
 *
 * @param provider that served it; empty when none was reached
 * @param model as the provider knows it
 * @param strategy that chose the provider
 * @param routeGroup empty when none applies
 * @param latency until the last byte of the answer
 * @param attempts how many were made in all
 * @param translated such as {@code chat→messages}; empty = the provider speaks OpenAI's dialect
 * @param dropped parameters that were left out because the provider's API has no place for them
 * @param usage tokens that the call is charged for
 */
public record ResponseMeta(
    String requestId,
    String provider,
    String model,
    String strategy,
    String routeGroup,
    Duration latency,
    int attempts,
    String translated,
    List<String> dropped,
    Usage usage,
    Cost cost) {

  public static final ResponseMeta NONE =
      new ResponseMeta(
          "", "", "", "", "", Duration.ZERO, 0, "", List.of(), Usage.NONE, Cost.UNPRICED);

  public ResponseMeta {
    dropped = List.copyOf(dropped);
  }

  /** In dollars, exact; {@code cost().status()} says how far it can be trusted. */
  public BigDecimal costUsd() {
    return cost.amount().toBigDecimal();
  }

  public long promptTokens() {
    return usage.promptTokens();
  }

  public long completionTokens() {
    return usage.completionTokens();
  }

  public long latencyMillis() {
    return latency.toMillis();
  }
}
