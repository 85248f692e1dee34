package dev.infermux.provider;

import dev.infermux.inference.Secret;
import dev.infermux.mock.script.MockScript;
import dev.infermux.network.NetworkOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one provider before it is called.
 *
 * @param apiKey the gateway's own credential; null = the caller's is passed on
 * @param timeout from sending a request to the head of its answer
 * @param firstTokenTimeout null = not watched
 * @param streamIdleTimeout longest silence between two chunks
 * @param prefill how its models go on from a half-written answer
 * @param responses whether it has OpenAI's Responses API
 * @param streamUsage whether it may be asked for the usage of a stream
 * @param models null = not restricted
 * @param modelAliases the caller's model name to the provider's, in declared order
 * @param azureDeployment Azure only, null elsewhere
 * @param headers sent with every request
 * @param forwardHeaders names of the caller's headers that it gets, if there are any
 * @param network the way there: whom to trust, and through which proxy
 * @param context where the configuration has it
 * @param mock the initial script of a mock; ignored by other types
 */
public record ProviderOptions(
    String name,
    ProviderType type,
    @Nullable Secret apiKey,
    URI baseUrl,
    Duration timeout,
    @Nullable Duration firstTokenTimeout,
    Duration streamIdleTimeout,
    PrefillOptions prefill,
    Responses responses,
    StreamUsage streamUsage,
    @Nullable List<String> models,
    Map<String, String> modelAliases,
    @Nullable String azureDeployment,
    String azureApiVersion,
    Map<String, String> headers,
    List<String> forwardHeaders,
    NetworkOptions network,
    ProviderContext context,
    MockScript mock) {

  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
  public static final Duration DEFAULT_STREAM_IDLE_TIMEOUT = Duration.ofSeconds(60);
  public static final String DEFAULT_AZURE_API_VERSION = "2024-08-01-preview";

  public ProviderOptions {
    models = models == null ? null : List.copyOf(models);
    modelAliases = Collections.unmodifiableMap(new LinkedHashMap<>(modelAliases));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    forwardHeaders = List.copyOf(forwardHeaders);
  }

  /** A provider of this name and type with every default. */
  public static ProviderOptions of(String name, ProviderType type) {
    return new ProviderOptions(
        name,
        type,
        null,
        type.defaultBaseUrl(),
        DEFAULT_TIMEOUT,
        null,
        DEFAULT_STREAM_IDLE_TIMEOUT,
        PrefillOptions.defaults(),
        Responses.AUTO,
        StreamUsage.AUTO,
        type.ownModels(),
        Map.of(),
        null,
        DEFAULT_AZURE_API_VERSION,
        Map.of(),
        type.forwardHeaders(),
        NetworkOptions.defaults(),
        ProviderContext.none(),
        MockScript.OK);
  }

  /** Whether a caller's own key is passed on, where the caller has one. */
  public boolean takesCallersKey() {
    return apiKey == null && type.takesCallersKey();
  }

  public ProviderOptions withApiKey(@Nullable Secret apiKey) {
    return with(copy -> copy.apiKey = apiKey);
  }

  public ProviderOptions withBaseUrl(URI baseUrl) {
    return with(copy -> copy.baseUrl = baseUrl);
  }

  public ProviderOptions withTimeout(Duration timeout) {
    return with(copy -> copy.timeout = timeout);
  }

  public ProviderOptions withFirstTokenTimeout(@Nullable Duration firstTokenTimeout) {
    return with(copy -> copy.firstTokenTimeout = firstTokenTimeout);
  }

  public ProviderOptions withStreamIdleTimeout(Duration streamIdleTimeout) {
    return with(copy -> copy.streamIdleTimeout = streamIdleTimeout);
  }

  public ProviderOptions withPrefill(PrefillOptions prefill) {
    return with(copy -> copy.prefill = prefill);
  }

  public ProviderOptions withResponses(Responses responses) {
    return with(copy -> copy.responses = responses);
  }

  public ProviderOptions withStreamUsage(StreamUsage streamUsage) {
    return with(copy -> copy.streamUsage = streamUsage);
  }

  /** Null = not restricted. */
  public ProviderOptions withModels(@Nullable List<String> models) {
    return with(copy -> copy.models = models);
  }

  public ProviderOptions withModels(String... models) {
    return withModels(List.of(models));
  }

  public ProviderOptions withModelAliases(Map<String, String> modelAliases) {
    return with(copy -> copy.modelAliases = modelAliases);
  }

  public ProviderOptions withAzureDeployment(@Nullable String azureDeployment) {
    return with(copy -> copy.azureDeployment = azureDeployment);
  }

  public ProviderOptions withAzureApiVersion(String azureApiVersion) {
    return with(copy -> copy.azureApiVersion = azureApiVersion);
  }

  public ProviderOptions withHeaders(Map<String, String> headers) {
    return with(copy -> copy.headers = headers);
  }

  public ProviderOptions withForwardHeaders(List<String> forwardHeaders) {
    return with(copy -> copy.forwardHeaders = forwardHeaders);
  }

  public ProviderOptions withNetwork(NetworkOptions network) {
    return with(copy -> copy.network = network);
  }

  public ProviderOptions withContext(ProviderContext context) {
    return with(copy -> copy.context = context);
  }

  public ProviderOptions withMock(MockScript mock) {
    return with(copy -> copy.mock = mock);
  }

  /** Whether a provider of OpenAI's kind has the Responses API. */
  public enum Responses {
    /** Known of OpenAI and Azure, else found out. */
    AUTO("auto"),
    YES("true"),
    NO("false");

    private final String wireName;

    Responses(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /** Whether a provider of OpenAI's kind may be asked for the usage of a stream. */
  public enum StreamUsage {
    /** Until it refuses that, which is remembered for an hour. */
    AUTO,
    ALWAYS,
    NEVER;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private ProviderOptions with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.options();
  }

  /** The components while one of them is replaced. */
  private static final class Copy {
    private String name;
    private ProviderType type;
    private @Nullable Secret apiKey;
    private URI baseUrl;
    private Duration timeout;
    private @Nullable Duration firstTokenTimeout;
    private Duration streamIdleTimeout;
    private PrefillOptions prefill;
    private Responses responses;
    private StreamUsage streamUsage;
    private @Nullable List<String> models;
    private Map<String, String> modelAliases;
    private @Nullable String azureDeployment;
    private String azureApiVersion;
    private Map<String, String> headers;
    private List<String> forwardHeaders;
    private NetworkOptions network;
    private ProviderContext context;
    private MockScript mock;

    Copy(ProviderOptions from) {
      name = from.name;
      type = from.type;
      apiKey = from.apiKey;
      baseUrl = from.baseUrl;
      timeout = from.timeout;
      firstTokenTimeout = from.firstTokenTimeout;
      streamIdleTimeout = from.streamIdleTimeout;
      prefill = from.prefill;
      responses = from.responses;
      streamUsage = from.streamUsage;
      models = from.models;
      modelAliases = from.modelAliases;
      azureDeployment = from.azureDeployment;
      azureApiVersion = from.azureApiVersion;
      headers = from.headers;
      forwardHeaders = from.forwardHeaders;
      network = from.network;
      context = from.context;
      mock = from.mock;
    }

    ProviderOptions options() {
      return new ProviderOptions(
          name,
          type,
          apiKey,
          baseUrl,
          timeout,
          firstTokenTimeout,
          streamIdleTimeout,
          prefill,
          responses,
          streamUsage,
          models,
          modelAliases,
          azureDeployment,
          azureApiVersion,
          headers,
          forwardHeaders,
          network,
          context,
          mock);
    }
  }
}
