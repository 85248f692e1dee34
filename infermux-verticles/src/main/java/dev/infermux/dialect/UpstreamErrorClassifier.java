package dev.infermux.dialect;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an error of the provider's means: whose fault it is and what may be tried next. All
 * that a provider says passes here once, and is cleaned of keys, control characters and length.
 */
public final class UpstreamErrorClassifier implements ErrorClassifier {

  private static final int BAD_REQUEST = 400;

  private final ProviderFailures failures;
  private final @Nullable Secret apiKey;
  private final boolean takesCallersKey;

  /** Of a provider that gets the caller's key where it has none of its own. */
  public UpstreamErrorClassifier(ProviderFailures failures, @Nullable Secret apiKey) {
    this(failures, apiKey, apiKey == null);
  }

  /**
   * @param takesCallersKey whether the provider gets the caller's key
   */
  public UpstreamErrorClassifier(
      ProviderFailures failures, @Nullable Secret apiKey, boolean takesCallersKey) {
    this.failures = failures;
    this.apiKey = apiKey;
    this.takesCallersKey = takesCallersKey;
  }

  @Override
  public Failure classify(Attempt attempt, int status, ProviderError error, RetryAdvice advice) {
    FailureClass kind = StatusClasses.of(status, error, callersKey(attempt));
    ProviderError said = clean(attempt, error);
    RetryAdvice told = new RetryAdvice(wait(kind, error, advice), advice.again());
    return switch (kind) {
      case MALFORMED -> failures.malformed(status, "an answer of status " + status);
      case SERVER_ERROR, RATE_LIMITED, QUOTA, UNAUTHORIZED -> failed(kind, status, said, told);
      default -> rejected(kind, status, said, told);
    };
  }

  /** A header goes before a field of the body, and that before words. */
  private static @Nullable Duration wait(
      FailureClass kind, ProviderError error, RetryAdvice advice) {
    if (advice.after() != null) {
      return advice.after();
    }
    boolean silent = error.askAgain() == null && kind == FailureClass.RATE_LIMITED;
    return silent ? RetryPhrases.in(error.message()) : error.askAgain();
  }

  private boolean callersKey(Attempt attempt) {
    return takesCallersKey && attempt.call().credential() != null;
  }

  private Failure failed(FailureClass kind, int status, ProviderError said, RetryAdvice advice) {
    // A spent account does not come back at a time that its provider could name.
    Duration wait = kind == FailureClass.QUOTA ? null : advice.after();
    return new UpstreamError(kind, status, answered(status, said), wait, advice.again(), 1);
  }

  private Failure rejected(FailureClass kind, int status, ProviderError said, RetryAdvice advice) {
    boolean words = !said.isPage() && !said.message().isEmpty();
    return new ProviderRejected(
        kind,
        // A prompt that is too long is the caller's, also where it makes a server fail.
        status >= 500 ? BAD_REQUEST : status,
        code(kind, said),
        words ? said.message() : answered(status, said),
        said.param(),
        advice.after(),
        advice.again());
  }

  private String answered(int status, ProviderError said) {
    String words = said.message();
    String with = words.isEmpty() ? "" : (said.isPage() ? " with " : ": ") + words;
    return failures.named("answered " + status + with);
  }

  /** One word for a prompt that is too long, since callers decide on it; else the provider's. */
  private static String code(FailureClass kind, ProviderError said) {
    if (kind == FailureClass.CONTEXT_LENGTH) {
      return "context_length_exceeded";
    }
    boolean codeless = said.code().isEmpty() || said.status() == 404;
    if (kind == FailureClass.NOT_FOUND && codeless && !said.aboutPath()) {
      return "model_not_found";
    }
    return said.name().isEmpty() ? "upstream_rejected" : said.name();
  }

  private ProviderError clean(Attempt attempt, ProviderError error) {
    Secret used = apiKey == null ? attempt.call().credential() : apiKey;
    String param = error.param() == null ? null : Redaction.clean(error.param(), used);
    return new ProviderError(
        Redaction.clean(error.message(), used),
        Redaction.clean(error.code(), used),
        Redaction.clean(error.type(), used),
        param,
        error.status());
  }
}
