package dev.infermux.provider.http;

import dev.infermux.dialect.ErrorClassifier;
import dev.infermux.dialect.ProviderError;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides what an error of the provider's means: whose fault it is and what may be tried next. */
public final class UpstreamErrorClassifier implements ErrorClassifier {

  /** A spent quota does not come back within seconds, whatever the status suggests. */
  private static final Duration QUOTA_WAIT = Duration.ofMinutes(1);

  private final ProviderFailures failures;
  private final @Nullable Secret apiKey;

  public UpstreamErrorClassifier(ProviderFailures failures, @Nullable Secret apiKey) {
    this.failures = failures;
    this.apiKey = apiKey;
  }

  @Override
  public Failure classify(
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
