package dev.infermux.provider;

import dev.infermux.inference.Secret;
import dev.infermux.mock.script.MockScript;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one provider before it is called.
 *
 * @param apiKey the gateway's own credential; null = the caller's is passed on
 * @param timeout from sending a request to the head of its answer
 * @param firstTokenTimeout null = not watched
 * @param streamIdleTimeout longest silence between two chunks
 * @param prefill whether it can go on from a half-written answer
 * @param models null = not restricted
 * @param modelAliases the caller's model name to the provider's, in declared order
 * @param azureDeployment Azure only, null elsewhere
 * @param mock what a mock is told from the start; of no meaning elsewhere
 */
public record ProviderOptions(
    String name,
    ProviderType type,
    @Nullable Secret apiKey,
    URI baseUrl,
    Duration timeout,
    @Nullable Duration firstTokenTimeout,
    Duration streamIdleTimeout,
    boolean prefill,
    @Nullable List<String> models,
    Map<String, String> modelAliases,
    @Nullable String azureDeployment,
    String azureApiVersion,
    MockScript mock) {

  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
  public static final Duration DEFAULT_STREAM_IDLE_TIMEOUT = Duration.ofSeconds(60);
  public static final String DEFAULT_AZURE_API_VERSION = "2024-08-01-preview";

  public ProviderOptions {
    models = models == null ? null : List.copyOf(models);
    modelAliases = Collections.unmodifiableMap(new LinkedHashMap<>(modelAliases));
  }

  /** A provider of this name and type with every default. */
  public static ProviderOptions of(String name, ProviderType type) {
    return builder(name, type).build();
  }

  public static ProviderOptionsBuilder builder(String name, ProviderType type) {
    return new ProviderOptionsBuilder(name, type);
  }
}
