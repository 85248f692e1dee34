package dev.infermux.provider.http;

import dev.infermux.dialect.ErrorClassifier;
import dev.infermux.dialect.ProviderError;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.RetryAdvice;
import dev.infermux.dialect.StatusClasses;
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

  private final ProviderFailures failures;
  private final @Nullable Secret apiKey;

  public UpstreamErrorClassifier(ProviderFailures failures, @Nullable Secret apiKey) {
    this.failures = failures;
    this.apiKey = apiKey;
  }

  @Override
  public Failure classify(Attempt attempt, int status, ProviderError error, RetryAdvice advice) {
    FailureClass kind = StatusClasses.of(status, error, callersKey(attempt));
    return switch (kind) {
      case MALFORMED -> failures.malformed(status, "an answer of status " + status);
      case SERVER_ERROR, RATE_LIMITED, QUOTA, UNAUTHORIZED ->
          failed(kind, attempt, status, error, advice);
      default -> rejected(kind, attempt, status, error, advice);
    };
  }

  private boolean callersKey(Attempt attempt) {
    return apiKey == null && attempt.call().credential() != null;
  }

  private Failure failed(
      FailureClass kind, Attempt attempt, int status, ProviderError error, RetryAdvice advice) {
    String said = clean(attempt, error.message());
    String message = failures.named("answered " + status + (said.isEmpty() ? "" : ": " + said));
    // A spent account does not come back at a time that its provider could name.
    Duration wait = kind == FailureClass.QUOTA ? null : advice.after();
    return new UpstreamError(kind, status, message, wait, advice.forbidden(), 1);
  }

  private Failure rejected(
      FailureClass kind, Attempt attempt, int status, ProviderError error, RetryAdvice advice) {
    String said = clean(attempt, error.message());
    String message = said.isEmpty() ? failures.named("answered " + status) : said;
    String code = clean(attempt, error.code());
    return new ProviderRejected(
        kind,
        status,
        code.isEmpty() ? "upstream_rejected" : code,
        message,
        error.param(),
        advice.after(),
        advice.forbidden());
  }

  private String clean(Attempt attempt, String text) {
    Secret used = apiKey == null ? attempt.call().credential() : apiKey;
    return Redaction.clean(text, used);
  }
}
