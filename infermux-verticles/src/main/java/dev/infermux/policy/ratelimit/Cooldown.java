package dev.infermux.policy.ratelimit;

import dev.infermux.inference.Exclusion;
import java.time.Duration;

/**
 * What a provider said of a model, or of its credential, and for how long that counts.
 *
 * @param model as the provider knows it; empty where it is about all of them
 */
public record Cooldown(String model, Exclusion reason, Duration left) {}
