package dev.infermux.provider;

import dev.infermux.inference.Secret;
import dev.infermux.mock.script.MockScript;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills {@link ProviderOptions} one by one, starting from the defaults of the type. */
public final class ProviderOptionsBuilder {
  private final String name;
  private final ProviderType type;
  private @Nullable Secret apiKey;
  private URI baseUrl;
  private Duration timeout = ProviderOptions.DEFAULT_TIMEOUT;
  private @Nullable Duration firstTokenTimeout;
  private Duration streamIdleTimeout = ProviderOptions.DEFAULT_STREAM_IDLE_TIMEOUT;
  private boolean prefill;
  private @Nullable List<String> models;
  private Map<String, String> modelAliases = Map.of();
  private @Nullable String azureDeployment;
  private String azureApiVersion = ProviderOptions.DEFAULT_AZURE_API_VERSION;
  private MockScript mock = MockScript.OK;

  ProviderOptionsBuilder(String name, ProviderType type) {
    this.name = name;
    this.type = type;
    this.baseUrl = type.defaultBaseUrl();
  }

  public ProviderOptionsBuilder apiKey(@Nullable Secret apiKey) {
    this.apiKey = apiKey;
    return this;
  }

  public ProviderOptionsBuilder baseUrl(URI baseUrl) {
    this.baseUrl = baseUrl;
    return this;
  }

  public ProviderOptionsBuilder timeout(Duration timeout) {
    this.timeout = timeout;
    return this;
  }

  public ProviderOptionsBuilder firstTokenTimeout(@Nullable Duration firstTokenTimeout) {
    this.firstTokenTimeout = firstTokenTimeout;
    return this;
  }

  public ProviderOptionsBuilder streamIdleTimeout(Duration streamIdleTimeout) {
    this.streamIdleTimeout = streamIdleTimeout;
    return this;
  }

  public ProviderOptionsBuilder prefill(boolean prefill) {
    this.prefill = prefill;
    return this;
  }

  /** Null = not restricted. */
  public ProviderOptionsBuilder models(@Nullable List<String> models) {
    this.models = models;
    return this;
  }

  public ProviderOptionsBuilder models(String... models) {
    return models(List.of(models));
  }

  public ProviderOptionsBuilder modelAliases(Map<String, String> modelAliases) {
    this.modelAliases = modelAliases;
    return this;
  }

  public ProviderOptionsBuilder azureDeployment(@Nullable String azureDeployment) {
    this.azureDeployment = azureDeployment;
    return this;
  }

  public ProviderOptionsBuilder azureApiVersion(String azureApiVersion) {
    this.azureApiVersion = azureApiVersion;
    return this;
  }

  public ProviderOptionsBuilder mock(MockScript mock) {
    this.mock = mock;
    return this;
  }

  public ProviderOptions build() {
    return new ProviderOptions(
        name,
        type,
        apiKey,
        baseUrl,
        timeout,
        firstTokenTimeout,
        streamIdleTimeout,
        prefill,
        models,
        modelAliases,
        azureDeployment,
        azureApiVersion,
        mock);
  }
}
