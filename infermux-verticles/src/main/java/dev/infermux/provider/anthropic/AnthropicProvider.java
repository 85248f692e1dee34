package dev.infermux.provider.anthropic;

import dev.infermux.dialect.ErrorClassifier;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.RequestBuffers;
import dev.infermux.dialect.ResponseDialect;
import dev.infermux.dialect.UpstreamErrorClassifier;
import dev.infermux.dialect.anthropic.AnthropicDialect;
import dev.infermux.dialect.anthropic.AnthropicRequestBody;
import dev.infermux.dialect.anthropic.AnthropicResponses;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Call;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.Operation;
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
import java.net.URI;
import java.util.Map;

/**
 * Anthropic, and every server that speaks its dialect under some base URL.
 *
 * <p>Bytes pass through as they do at {@code OpenAiProvider}. A whole answer that may take longer
 * than connections live without a byte is asked for as a stream and put together here.
 */
public final class AnthropicProvider implements Provider {

  private static final String VERSION_PATH = "/v1";
  private static final String VERSION = "2023-06-01";
  private static final String JSON = "application/json";
  private static final String EVENTS = "text/event-stream";
  private static final String MESSAGES = "/messages";

  /** The most that fits ten minutes, as Anthropic's own clients reckon: 128,000 take an hour. */
  private static final long LONGEST_WHOLE = 128_000 / 6;

  private final Upstream upstream;
  private final RequestOptions whole;
  private final RequestOptions streamed;
  private final RequestOptions counted;
  private final RequestOptions models;
  private final ProviderFailures failures;

  /** Opens no connection yet; must run on the event loop that will make the calls. */
  public AnthropicProvider(Vertx vertx, Time time, ProviderOptions options) {
    BaseUrl baseUrl = baseUrl(options.baseUrl());
    this.failures = new ProviderFailures(options.name());
    ErrorClassifier errors = new UpstreamErrorClassifier(failures, options.apiKey());
    ResponseDialect dialect = new AnthropicResponses(failures, errors, time);
    ApiRequests requests =
        new ApiRequests(
            baseUrl,
            options,
            ApiRequests.KeyHeader.X_API_KEY,
            Map.of("anthropic-version", VERSION),
            true);
    this.whole = requests.post(MESSAGES, JSON);
    this.streamed = requests.post(MESSAGES, EVENTS);
    this.counted = requests.post(MESSAGES + "/count_tokens", JSON);
    this.models = requests.get("/models?limit=1");
    this.upstream =
        new Upstream(vertx, time, options, baseUrl, new Upstream.Protocol(dialect, requests));
  }

  /** Clients of the dialect name the host, and leave the version to the path. */
  private static BaseUrl baseUrl(URI configured) {
    BaseUrl url = BaseUrl.of(configured, VERSION_PATH);
    return url.path().endsWith(VERSION_PATH)
        ? url
        : new BaseUrl(
            url.server(),
            url.host(),
            url.port(),
            url.tls(),
            url.path() + VERSION_PATH,
            url.query());
  }

  @Override
  public boolean speaks(Dialect dialect, Operation operation) {
    return dialect.id().equals(AnthropicDialect.INSTANCE.id())
        && (operation == Operation.CHAT || operation == Operation.COUNT_TOKENS);
  }

  @Override
  public Future<Answer> call(Attempt attempt) {
    Call call = attempt.call();
    if (call.operation() == Operation.COUNT_TOKENS) {
      return send(attempt, counted);
    } else if (call.stream()) {
      return send(attempt, streamed);
    } else if (call.body().facts().maxTokens() > LONGEST_WHOLE
        && call.body() instanceof AnthropicRequestBody body) {
      return send(attempt.withCall(call.withBody(body.streamed())), streamed)
          .compose(joined -> JoinedMessage.of(attempt, joined));
    }
    return send(attempt, whole);
  }

  /** The body is wrapped, not copied: its bytes never change. */
  private Future<Answer> send(Attempt attempt, RequestOptions request) {
    return upstream.send(attempt, request, RequestBuffers.of(attempt));
  }

  /** The list of models says whether the API is there and takes the key. */
  @Override
  public Future<Void> check(HealthCheck check) {
    if (check.completion() != null) {
      return Provider.super.check(check);
    }
    return new ModelList(failures).ask(upstream, models, check);
  }

  @Override
  public Future<Void> close() {
    return upstream.close();
  }
}
