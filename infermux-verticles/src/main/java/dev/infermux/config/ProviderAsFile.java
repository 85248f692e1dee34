package dev.infermux.config;

import dev.infermux.inference.Secret;
import dev.infermux.network.ProxyServer;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.health.HealthOptions;
import dev.infermux.policy.ratelimit.CallerLimitOptions;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A provider that was built in code, as the file would have it. */
final class ProviderAsFile {

  private ProviderAsFile() {}

  /**
   * @param global circuit options that the provider need not repeat
   */
  static FileMap of(ProviderEntry entry, CircuitOptions global) {
    ProviderOptions options = entry.options();
    ProviderType type = options.type();
    Secret key = options.apiKey();
    ProxyServer proxy = options.network().proxy();
    Path caFile = options.network().caFile();
    boolean elsewhere = type.remote() && !options.baseUrl().equals(type.defaultBaseUrl());
    // A program's own provider has no type in the file; echo has no rules of its own.
    String wireName = (type == ProviderType.PROGRAM ? ProviderType.ECHO : type).wireName();
    return new FileMap()
        .put("name", options.name())
        .put("type", wireName)
        .put("api_key", key == null ? null : key.reveal())
        .put("base_url", elsewhere ? options.baseUrl() : null)
        .put("timeout", options.timeout())
        .put("first_token_timeout", options.firstTokenTimeout())
        .put("stream_idle_timeout", options.streamIdleTimeout())
        .put("models", options.models())
        .put("model_aliases", options.modelAliases().isEmpty() ? null : options.modelAliases())
        .put("azure_deployment", deployment(options))
        .put("headers", options.headers().isEmpty() ? null : options.headers())
        .put(
            "forward_headers",
            options.forwardHeaders().equals(type.forwardHeaders())
                ? null
                : options.forwardHeaders())
        .put("proxy", proxy == null ? null : proxy.url())
        .put("tls", caFile == null ? null : new FileMap().put("ca_file", caFile))
        .put("rate_limits", limits(entry.rateLimits()))
        .put("health_check", health(entry.health()))
        .put("circuit_breaker", entry.circuit().equals(global) ? null : circuit(entry.circuit()));
  }

  /** Code may leave it out: then each model is a deployment of its own name. */
  private static @Nullable String deployment(ProviderOptions options) {
    String given = options.azureDeployment();
    return given == null && options.type() == ProviderType.AZURE_OPENAI ? "any" : given;
  }

  private static FileMap limits(RateLimitOptions limits) {
    return new FileMap()
        .put("requests_per_minute", limit(limits.requestsPerMinute()))
        .put("tokens_per_minute", limit(limits.tokensPerMinute()));
  }

  static FileMap caller(CallerLimitOptions limits) {
    boolean endless = limits.maxInFlight() == CallerLimitOptions.UNLIMITED;
    return limits(limits.rates()).put("max_in_flight", endless ? null : limits.maxInFlight());
  }

  private static @Nullable Long limit(long limit) {
    return limit == RateLimitOptions.UNLIMITED ? null : limit;
  }

  private static FileMap health(HealthOptions health) {
    return new FileMap()
        .put("interval", health.interval())
        .put("timeout", health.timeout())
        .put("mode", health.mode().wireName());
  }

  static FileMap circuit(CircuitOptions circuit) {
    Duration latency = circuit.latencyP95();
    return new FileMap()
        .put("scope", circuit.scope().wireName())
        .put("error_rate_threshold", circuit.errorRateThreshold())
        .put("consecutive_failures", circuit.consecutiveFailures())
        .put("latency_p95_ms", latency == null ? null : latency.toMillis())
        .put("window_seconds", circuit.window().toSeconds())
        .put("min_requests", circuit.minRequests())
        .put("recovery_window", circuit.recoveryWindow())
        .put("probe_timeout", circuit.probeTimeout())
        .put("recovery_backoff_multiplier", circuit.recoveryBackoffMultiplier())
        .put("recovery_backoff_max", circuit.recoveryBackoffMax())
        .put("treat_rate_limit_as_error", circuit.treatRateLimitAsError());
  }
}
