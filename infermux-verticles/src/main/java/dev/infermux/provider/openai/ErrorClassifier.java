package dev.infermux.provider.openai;

import dev.infermux.dialect.ErrorResponse;
import dev.infermux.dialect.ProviderError;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.RetryAfter;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Secret;
import dev.infermux.provider.http.Redaction;
import io.vertx.core.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides what an error of the provider's means: whose fault it is and what may be tried next. */
public final class ErrorClassifier {

  /** A spent quota does not come back within seconds, whatever the status suggests. */
  private static final Duration QUOTA_WAIT = Duration.ofMinutes(1);

  private final ProviderFailures failures;
  private final @Nullable Secret apiKey;
  private final Clock clock;

  ErrorClassifier(ProviderFailures failures, @Nullable Secret apiKey, Clock clock) {
    this.failures = failures;
    this.apiKey = apiKey;
    this.clock = clock;
  }

  /** On an answer with an error status. */
  Failure refused(ErrorResponse response) {
    String type = response.headers().get(HttpHeaders.CONTENT_TYPE);
    boolean plain = type == null || type.toLowerCase(Locale.ROOT).startsWith("text/plain");
    byte[] body = response.body().getBytes();
    ProviderError error = ProviderError.read(body, 0, body.length, plain);
    Duration wait = RetryAfter.of(response.headers(), clock.instant());
    return verdict(response.attempt(), response.status(), error, wait);
  }

  /** On an error inside an answer that began as a success. */
  public Failure reported(Attempt attempt, byte[] json, int from, int to) {
    ProviderError error = ProviderError.read(json, from, to, false);
    return verdict(attempt, error.status() == 0 ? statusOf(error) : error.status(), error, null);
  }

  private static int statusOf(ProviderError error) {
    if (error.contextLength() || error.contentFilter()) {
      return 400;
    }
    boolean limited = error.code().startsWith("rate_limit") || error.quota();
    return limited ? 429 : 500;
  }

  private Failure verdict(
      Attempt attempt, int status, ProviderError error, @Nullable Duration wait) {
    if (status >= 500 || status == 408) {
      return failed(FailureClass.SERVER_ERROR, attempt, status, error, wait);
    } else if (status == 429) {
      Duration quota = wait == null && error.quota() ? QUOTA_WAIT : wait;
      return failed(FailureClass.RATE_LIMITED, attempt, status, error, quota);
    } else if (status < 400) {
      return failures.malformed(status, "an answer of status " + status);
    } else if (error.contextLength()) {
      return rejected(FailureClass.CONTEXT_LENGTH, attempt, status, error);
    } else if (!error.contentFilter() && aboutTheKey(status) && !callersKey(attempt)) {
      return failed(FailureClass.UNAUTHORIZED, attempt, status, error, null);
    }
    return rejected(FailureClass.CALLER_FAULT, attempt, status, error);
  }

  private static boolean aboutTheKey(int status) {
    return status == 401 || status == 402 || status == 403;
  }

  private boolean callersKey(Attempt attempt) {
    return apiKey == null && attempt.call().credential() != null;
  }

  private Failure failed(
      FailureClass kind,
      Attempt attempt,
      int status,
      ProviderError error,
      @Nullable Duration wait) {
    String said = clean(attempt, error.message());
    String message = failures.named("answered " + status + (said.isEmpty() ? "" : ": " + said));
    return new UpstreamError(kind, status, message, wait);
  }

  private Failure rejected(FailureClass kind, Attempt attempt, int status, ProviderError error) {
    String said = clean(attempt, error.message());
    String message = said.isEmpty() ? failures.named("answered " + status) : said;
    String code = clean(attempt, error.code());
    return new ProviderRejected(
        kind, status, code.isEmpty() ? "upstream_rejected" : code, message, error.param());
  }

  private String clean(Attempt attempt, String text) {
    Secret used = apiKey == null ? attempt.call().credential() : apiKey;
    return Redaction.clean(text, used);
  }
}
