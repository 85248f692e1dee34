package dev.infermux.provider.openai;

import dev.infermux.dialect.ErrorClassifier;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.ResponseDialect;
import dev.infermux.dialect.openai.OpenAiResponses;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Secret;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.http.BaseUrl;
import dev.infermux.provider.http.Upstream;
import dev.infermux.spi.HealthCheck;
import dev.infermux.spi.Provider;
import dev.infermux.time.Time;
import dev.infermux.vertx.Buffers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI, and every server that speaks its dialect under some base URL.
 *
 * <p>Bytes pass through: the request is the caller's body with at most its model and its wish for
 * usage rewritten, and the answer is read in one pass and handed on as it came. The provider's
 * {@code timeout} runs from the call to the head of the answer, and once more from there to the end
 * of a whole body.
 */
public final class OpenAiProvider implements Provider {

  private static final String DEFAULT_PATH = "/v1";
  private static final CharSequence TRACEPARENT = HttpHeaders.createOptimized("traceparent");

  private final Upstream upstream;
  private final Requests requests;
  private final ProviderFailures failures;
  private final @Nullable Secret apiKey;

  /** Opens no connection yet; must run on the event loop that will make the calls. */
  public OpenAiProvider(Vertx vertx, Time time, ProviderOptions options) {
    BaseUrl baseUrl = BaseUrl.of(options.baseUrl(), DEFAULT_PATH);
    this.apiKey = options.apiKey();
    this.failures = new ProviderFailures(options.name());
    ErrorClassifier errors = new OpenAiErrorClassifier(failures, apiKey);
    ResponseDialect dialect = new OpenAiResponses(failures, errors, time);
    this.upstream =
        new Upstream(vertx, time, options, baseUrl, new Upstream.Protocol(dialect, this::head));
    this.requests = new Requests(baseUrl, apiKey);
  }

  @Override
  public Future<Answer> call(Attempt attempt) {
    // Wrapped, not copied: a body's bytes never change.
    Buffer body = Buffers.wrap(attempt.bytes());
    return upstream.send(attempt, requests.to(attempt.call()), body);
  }

  /** The list of models says whether the API is there and takes the key. */
  @Override
  public Future<Void> check(HealthCheck check) {
    if (check.completion() != null) {
      return Provider.super.check(check);
    }
    return upstream
        .status(requests.models(), check.cancellation())
        .compose(new ModelList(failures)::judge);
  }

  /** Adds the headers that differ from attempt to attempt. */
  private void head(Attempt attempt, HttpClientRequest request) {
    String traceparent = attempt.traceparent();
    if (traceparent != null) {
      request.putHeader(TRACEPARENT, traceparent);
    }
    Secret credential = attempt.call().credential();
    if (apiKey == null && credential != null) {
      request.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + credential.reveal());
    }
  }

  @Override
  public Future<Void> close() {
    return upstream.close();
  }
}
