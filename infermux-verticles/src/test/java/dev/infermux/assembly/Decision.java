package dev.infermux.assembly;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.infermux.policy.routing.RoutePlan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that one choice depends on but the configuration, and the plan that was made of it.
 *
 * @param exclusions names of {@code Exclusion} by provider
 * @param latencyMillis by provider; absent = not measured
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Decision(
    String model,
    @Nullable String pin,
    String operation,
    long promptTokens,
    long maxTokens,
    long seed,
    Map<String, String> exclusions,
    Map<String, Double> latencyMillis,
    @Nullable RoutePlan plan) {

  Decision with(RoutePlan plan) {
    return new Decision(
        model, pin, operation, promptTokens, maxTokens, seed, exclusions, latencyMillis, plan);
  }
}
