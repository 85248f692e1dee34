package dev.infermux.policy.circuit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Fills {@link CircuitOptions} one by one, starting from the defaults. */
public final class CircuitOptionsBuilder {
  private double errorRateThreshold = 0.5;
  private int consecutiveFailures = 5;
  private @Nullable Duration latencyP95;
  private Duration window = Duration.ofSeconds(60);
  private int minRequests = 10;
  private Duration recoveryWindow = Duration.ofSeconds(30);
  private Duration probeTimeout = Duration.ofSeconds(5);
  private double recoveryBackoffMultiplier = 1.0;
  private Duration recoveryBackoffMax = Duration.ofMinutes(10);
  private boolean treatRateLimitAsError;

  CircuitOptionsBuilder() {}

  public CircuitOptionsBuilder errorRateThreshold(double errorRateThreshold) {
    this.errorRateThreshold = errorRateThreshold;
    return this;
  }

  public CircuitOptionsBuilder consecutiveFailures(int consecutiveFailures) {
    this.consecutiveFailures = consecutiveFailures;
    return this;
  }

  public CircuitOptionsBuilder latencyP95(@Nullable Duration latencyP95) {
    this.latencyP95 = latencyP95;
    return this;
  }

  public CircuitOptionsBuilder window(Duration window) {
    this.window = window;
    return this;
  }

  public CircuitOptionsBuilder minRequests(int minRequests) {
    this.minRequests = minRequests;
    return this;
  }

  public CircuitOptionsBuilder recoveryWindow(Duration recoveryWindow) {
    this.recoveryWindow = recoveryWindow;
    return this;
  }

  public CircuitOptionsBuilder probeTimeout(Duration probeTimeout) {
    this.probeTimeout = probeTimeout;
    return this;
  }

  public CircuitOptionsBuilder recoveryBackoffMultiplier(double recoveryBackoffMultiplier) {
    this.recoveryBackoffMultiplier = recoveryBackoffMultiplier;
    return this;
  }

  public CircuitOptionsBuilder recoveryBackoffMax(Duration recoveryBackoffMax) {
    this.recoveryBackoffMax = recoveryBackoffMax;
    return this;
  }

  public CircuitOptionsBuilder treatRateLimitAsError(boolean treatRateLimitAsError) {
    this.treatRateLimitAsError = treatRateLimitAsError;
    return this;
  }

  public CircuitOptions build() {
    return new CircuitOptions(
        errorRateThreshold,
        consecutiveFailures,
        latencyP95,
        window,
        minRequests,
        recoveryWindow,
        probeTimeout,
        recoveryBackoffMultiplier,
        recoveryBackoffMax,
        treatRateLimitAsError);
  }
}
