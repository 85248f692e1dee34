package dev.infermux.provider.ollama;

import dev.infermux.dialect.ErrorClassifier;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.RequestBuffers;
import dev.infermux.dialect.ResponseDialect;
import dev.infermux.dialect.UpstreamErrorClassifier;
import dev.infermux.dialect.ollama.OllamaDialect;
import dev.infermux.dialect.ollama.OllamaEndpoint;
import dev.infermux.dialect.ollama.OllamaRequestBody;
import dev.infermux.dialect.ollama.OllamaResponses;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.Operation;
import dev.infermux.inference.RequestBody;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.http.ApiRequests;
import dev.infermux.provider.http.BaseUrl;
import dev.infermux.provider.http.ModelList;
import dev.infermux.provider.http.Upstream;
import dev.infermux.spi.HealthCheck;
import dev.infermux.spi.Provider;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.RequestOptions;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A server of Ollama's own API, whose bytes pass through as OpenAI's do at its provider. It gets no
 * credential of a caller's, and none at all unless its options have one.
 */
public final class OllamaProvider implements Provider {

  /** What it is asked for. */
  public static final Set<Operation> OPERATIONS =
      Set.of(Operation.CHAT, Operation.COMPLETION, Operation.EMBEDDINGS);

  private static final String JSON = "application/json";
  private static final String LINES = "application/x-ndjson";
  private static final String TAGS = "/api/tags";

  private final Upstream upstream;
  private final ApiRequests requests;
  private final Map<OllamaEndpoint, RequestOptions> whole = new EnumMap<>(OllamaEndpoint.class);
  private final Map<OllamaEndpoint, RequestOptions> streamed = new EnumMap<>(OllamaEndpoint.class);
  private final ProviderFailures failures;

  /** Opens no connection yet; must run on the event loop that will make the calls. */
  public OllamaProvider(Vertx vertx, Time time, ProviderOptions options) {
    BaseUrl baseUrl = root(BaseUrl.of(options.baseUrl(), ""));
    this.failures = new ProviderFailures(options.name());
    ErrorClassifier errors =
        new UpstreamErrorClassifier(failures, options.apiKey(), options.takesCallersKey());
    ResponseDialect dialect = new OllamaResponses(failures, errors, time);
    this.requests =
        new ApiRequests(baseUrl, options, ApiRequests.KeyHeader.BEARER, Map.of(), false);
    for (OllamaEndpoint endpoint : OllamaEndpoint.values()) {
      whole.put(endpoint, requests.post(endpoint.path(), JSON));
      streamed.put(endpoint, requests.post(endpoint.path(), LINES));
    }
    this.upstream =
        new Upstream(vertx, time, options, baseUrl, new Upstream.Protocol(dialect, requests));
  }

  /** The address of its OpenAI-compatible API is what many have at hand: its own is beside it. */
  private static BaseUrl root(BaseUrl url) {
    return url.path().endsWith("/v1")
        ? new BaseUrl(
            url.server(),
            url.host(),
            url.port(),
            url.tls(),
            url.path().substring(0, url.path().length() - "/v1".length()),
            url.query())
        : url;
  }

  @Override
  public boolean speaks(Dialect dialect, Operation operation) {
    return dialect.id().equals(OllamaDialect.INSTANCE.id()) && OPERATIONS.contains(operation);
  }

  @Override
  public Future<Answer> call(Attempt attempt) {
    RequestBody body = attempt.call().body();
    if (!(body instanceof OllamaRequestBody request)) {
      throw new IllegalArgumentException(body.dialect().id() + " is not spoken here");
    }
    boolean stream = attempt.call().stream();
    // Wrapped, not copied: a body's bytes never change.
    return upstream.send(
        attempt,
        Objects.requireNonNull((stream ? streamed : whole).get(request.endpoint())),
        RequestBuffers.of(attempt));
  }

  /** The list of models says whether the server is there. */
  @Override
  public Future<Void> check(HealthCheck check) {
    if (check.completion() != null) {
      return Provider.super.check(check);
    }
    return new ModelList(failures).ask(upstream, requests.get(TAGS), check);
  }

  @Override
  public Future<Void> close() {
    return upstream.close();
  }
}
