package dev.infermux.config;

import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.health.HealthOptions;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.provider.ProviderOptions;

/**
 * A provider and the policies that watch it.
 *
 * @param circuit the global options, those the provider has of its own put over them
 */
public record ProviderEntry(
    ProviderOptions options,
    RateLimitOptions rateLimits,
    HealthOptions health,
    CircuitOptions circuit) {

  /** With default policies. */
  public static ProviderEntry of(ProviderOptions options) {
    return new ProviderEntry(
        options, RateLimitOptions.defaults(), HealthOptions.defaults(), CircuitOptions.defaults());
  }

  public ProviderEntry withOptions(ProviderOptions options) {
    return new ProviderEntry(options, rateLimits, health, circuit);
  }

  public ProviderEntry withRateLimits(RateLimitOptions rateLimits) {
    return new ProviderEntry(options, rateLimits, health, circuit);
  }

  public ProviderEntry withHealth(HealthOptions health) {
    return new ProviderEntry(options, rateLimits, health, circuit);
  }

  public ProviderEntry withCircuit(CircuitOptions circuit) {
    return new ProviderEntry(options, rateLimits, health, circuit);
  }
}
