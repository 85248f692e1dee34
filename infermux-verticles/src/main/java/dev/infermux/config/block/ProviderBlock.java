package dev.infermux.config.block;

import dev.infermux.config.schema.Choices;
import dev.infermux.config.schema.Durations;
import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Part;
import dev.infermux.config.schema.ServiceUrls;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Shape.ListOf;
import dev.infermux.config.schema.Shape.MapOf;
import dev.infermux.config.schema.Shape.One;
import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.Node;
import dev.infermux.inference.Secret;
import dev.infermux.mock.script.MockScript;
import dev.infermux.network.CaFile;
import dev.infermux.network.FileVersion;
import dev.infermux.network.NetworkOptions;
import dev.infermux.network.ProxyServer;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An item of {@code providers}. */
public final class ProviderBlock {
  static final List<ProviderType> TYPES =
      Arrays.stream(ProviderType.values()).filter(type -> type != ProviderType.PROGRAM).toList();

  private static final int MAX_NAME = 128;
  private static final Path NOWHERE = Path.of("");

  public static final Key<String> NAME =
      Key.required("name", Texts.name(MAX_NAME), "Unique; appears in headers, events and logs.");
  private static final Key<ProviderType> TYPE =
      Key.required(
          "type",
          Choices.of(TYPES, ProviderType::wireName),
          "The API it speaks; `echo` and `mock` are built in and need no network.");
  static final Key<Secret> API_KEY =
      Key.optional(
          "api_key",
          Texts.secret(),
          "The gateway's credential; without it the caller's token is passed on.");
  private static final Key<URI> BASE_URL =
      Key.optional(
          "base_url",
          ServiceUrls.http(),
          "Where its API is; the default is the vendor's, and `azure_openai` has none.");
  private static final Key<Duration> TIMEOUT =
      Key.of(
          "timeout",
          Durations.positive(),
          ProviderOptions.DEFAULT_TIMEOUT,
          "Longest wait for the head of an answer, and once more for a whole body.");
  private static final Key<Duration> FIRST_TOKEN_TIMEOUT =
      Key.optional(
          "first_token_timeout",
          Durations.positive(),
          "Longest wait for a stream's first token; absent = 60s while another provider may be"
              + " asked, 5m at the last.");
  private static final Key<Duration> STREAM_IDLE_TIMEOUT =
      Key.of(
          "stream_idle_timeout",
          Durations.positive(),
          ProviderOptions.DEFAULT_STREAM_IDLE_TIMEOUT,
          "Longest silence of a stream after its first content; comments count as life.");
  private static final Part PREFILL =
      Part.of(
          "prefill",
          PrefillBlock.SHAPE,
          "How it goes on from the beginning of an answer, for all models or by model;"
              + " false = it cannot.");
  private static final Key<ProviderOptions.Responses> RESPONSES =
      Key.of(
          "responses",
          Choices.orFlag(
              List.of(ProviderOptions.Responses.values()), ProviderOptions.Responses::wireName),
          ProviderOptions.Responses.AUTO,
          "Whether it has OpenAI's Responses API; auto = known of OpenAI and Azure, else tried.");
  private static final Key<ProviderOptions.StreamUsage> STREAM_USAGE =
      Key.of(
          "stream_usage",
          Choices.of(
              List.of(ProviderOptions.StreamUsage.values()), ProviderOptions.StreamUsage::wireName),
          ProviderOptions.StreamUsage.AUTO,
          "Whether streams are asked for their usage; auto = until that is refused.");
  private static final Part MODELS =
      Part.of(
          "models",
          new ListOf(new One(Texts.model())),
          "The models it serves; absent = not restricted, but `echo-v1` or `mock-v1` of these"
              + " types.");
  private static final Part MODEL_ALIASES =
      Part.of(
          "model_aliases",
          new MapOf("model", new One(Texts.model())),
          "The caller's name of a model to the provider's.");
  private static final Key<String> AZURE_DEPLOYMENT =
      Key.optional(
          "azure_deployment",
          Texts.optional("name"),
          "The deployment; required for `azure_openai` and of no use elsewhere.");
  private static final Key<String> AZURE_API_VERSION =
      Key.of(
          "azure_api_version",
          Texts.name(MAX_NAME),
          ProviderOptions.DEFAULT_AZURE_API_VERSION,
          "Azure's `api-version`.");
  private static final Part HEADERS =
      Part.of(
          "headers",
          new MapOf("name", new One(Texts.optional("value"))),
          "Sent with every request; a header that the gateway sets itself is replaced.");
  private static final Part FORWARD_HEADERS =
      Part.of(
          "forward_headers",
          new ListOf(new One(Texts.name(MAX_NAME))),
          "The caller's headers that pass, instead of `anthropic-version` and `anthropic-beta` to"
              + " `anthropic`, and `OpenAI-Beta` to `openai` and `azure_openai`; credentials never"
              + " do.");
  private static final Key<ProxyServer> PROXY =
      Key.optional(
          "proxy",
          NetworkKinds.proxy(),
          "The proxy to it; absent = that of the environment, else the JVM's, else none.");
  private static final Key<Path> CA_FILE =
      Key.required(
          "ca_file", Texts.path(), "Certificates, PEM, that are trusted beside the system's.");
  private static final Block TLS_BLOCK = Block.of(CA_FILE);
  private static final Part TLS = Part.of("tls", TLS_BLOCK, "Whom to trust behind `https`.");
  public static final Part RATE_LIMITS =
      Part.of("rate_limits", RateLimitBlock.BLOCK, "Ceilings that InferMux keeps to by itself.");
  public static final Part HEALTH_CHECK =
      Part.of("health_check", HealthBlock.BLOCK, "How its health is probed.");
  public static final Part CIRCUIT_BREAKER =
      Part.of(
          "circuit_breaker",
          CircuitBlock.BLOCK,
          "Replaces the keys of the global `circuit_breaker` that it has.");

  private static final Part MOCK =
      Part.of("mock", MockBlock.BLOCK, "What a provider of type `mock` does; see docs/mock.md.");

  public static final Block BLOCK =
      Block.of(
          NAME,
          TYPE,
          API_KEY,
          BASE_URL,
          TIMEOUT,
          FIRST_TOKEN_TIMEOUT,
          STREAM_IDLE_TIMEOUT,
          PREFILL,
          RESPONSES,
          STREAM_USAGE,
          MODELS,
          MODEL_ALIASES,
          AZURE_DEPLOYMENT,
          AZURE_API_VERSION,
          HEADERS,
          FORWARD_HEADERS,
          PROXY,
          TLS,
          RATE_LIMITS,
          HEALTH_CHECK,
          CIRCUIT_BREAKER,
          MOCK);

  private ProviderBlock() {}

  /**
   * Reads all but the blocks of policies.
   *
   * @param callersKeyPassesOn whether a caller's token may stand in for a missing key
   */
  public static ProviderOptions read(Fields fields, boolean callersKeyPassesOn) {
    String name = fields.need(NAME, "?");
    ProviderType type = fields.need(TYPE, ProviderType.ECHO);
    Optional<Secret> apiKey = fields.find(API_KEY);
    URI baseUrl = baseUrl(fields, type);
    if (type.hosted() && apiKey.isEmpty()) {
      MissingKey.warn(fields, type, baseUrl, callersKeyPassesOn);
    }
    warnOfAzureKeys(fields, type);
    if (type != ProviderType.MOCK && !fields.at(MOCK).absent()) {
      warnOfNoUse(fields, MOCK.name(), type);
    }
    MockScript script = MockBlock.read(fields.at(MOCK).fields(MockBlock.BLOCK), MockScript.OK);
    return ProviderOptions.of(name, type)
        .withApiKey(apiKey.orElse(null))
        .withBaseUrl(baseUrl)
        .withTimeout(fields.get(TIMEOUT))
        .withFirstTokenTimeout(fields.find(FIRST_TOKEN_TIMEOUT).orElse(null))
        .withStreamIdleTimeout(fields.get(STREAM_IDLE_TIMEOUT))
        .withPrefill(PrefillBlock.read(fields.at(PREFILL)))
        .withResponses(fields.get(RESPONSES))
        .withStreamUsage(fields.get(STREAM_USAGE))
        .withModels(
            models(fields)
                .orElse(type == ProviderType.MOCK ? script.ownModels() : type.ownModels()))
        .withModelAliases(aliases(fields.at(MODEL_ALIASES)))
        .withAzureDeployment(azureDeployment(fields, type).orElse(null))
        .withAzureApiVersion(fields.get(AZURE_API_VERSION))
        .withHeaders(HeaderNames.values(fields.at(HEADERS)))
        .withForwardHeaders(HeaderNames.forwarded(fields.at(FORWARD_HEADERS), type))
        .withNetwork(network(fields))
        .withMock(script);
  }

  private static NetworkOptions network(Fields fields) {
    NetworkOptions options = NetworkOptions.defaults().withProxy(fields.find(PROXY).orElse(null));
    Node tls = fields.at(TLS);
    if (tls.absent()) {
      return options;
    }
    Fields trust = tls.fields(TLS_BLOCK);
    Path file = NamedFiles.check(trust.at(CA_FILE), trust.need(CA_FILE, NOWHERE), CaFile::read);
    return options.withCaFile(file).withContents(FileVersion.of(file));
  }

  private static URI baseUrl(Fields fields, ProviderType type) {
    URI usual = type.defaultBaseUrl();
    return type == ProviderType.AZURE_OPENAI
        ? fields.need(BASE_URL, usual)
        : fields.get(BASE_URL, usual);
  }

  private static Optional<String> azureDeployment(Fields fields, ProviderType type) {
    return type == ProviderType.AZURE_OPENAI
        ? Optional.of(fields.need(AZURE_DEPLOYMENT, "")).filter(name -> !name.isEmpty())
        : fields.find(AZURE_DEPLOYMENT);
  }

  private static void warnOfAzureKeys(Fields fields, ProviderType type) {
    for (Key<String> key : List.of(AZURE_DEPLOYMENT, AZURE_API_VERSION)) {
      if (type != ProviderType.AZURE_OPENAI && !fields.at(key).absent()) {
        warnOfNoUse(fields, key.name(), type);
      }
    }
  }

  private static void warnOfNoUse(Fields fields, String key, ProviderType type) {
    String where = fields.path() + "." + key;
    fields.report().warn(where, "of no use for a provider of type " + type.wireName());
  }

  private static Optional<List<String>> models(Fields fields) {
    Node models = fields.at(MODELS);
    if (models.absent()) {
      return Optional.empty();
    }
    if (models.isList() && models.items().isEmpty() && fields.at(MODEL_ALIASES).absent()) {
      models.report().problem(models.path(), "[]", "at least one model, or no models key at all");
    }
    List<String> names = new ArrayList<>();
    for (Node item : models.items()) {
      item.need(Texts.model()).filter(name -> !names.contains(name)).ifPresent(names::add);
    }
    return Optional.of(names);
  }

  private static Map<String, String> aliases(Node node) {
    Map<String, String> aliases = new LinkedHashMap<>();
    node.entries()
        .forEach(
            (alias, model) ->
                model.need(Texts.model()).ifPresent(name -> aliases.put(alias, name)));
    return aliases;
  }
}
