package dev.infermux.provider.mock;

import dev.infermux.dialect.ProviderError;
import dev.infermux.dialect.StatusClasses;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.mock.ResponsePlan;
import dev.infermux.mock.script.MockOutcome.Refuses;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a mock's errors mean: the same as those of a model API of OpenAI's dialect. */
record MockErrorClassifier(MockEnvironment surroundings, Attempt attempt, ResponsePlan score) {

  private static final Set<String> FILTERS = Set.of("content_filter", "content_policy_violation");

  Failure refused(Refuses refuses) {
    return verdict(refuses.status(), refuses.retryAfter());
  }

  /** On an error inside a 200: its code alone tells. */
  Failure reported() {
    if (contextLength() || contentFilter()) {
      return verdict(400, null);
    }
    boolean limited = score.errorCode().startsWith("rate_limit") || quota();
    return verdict(limited ? 429 : 500, null);
  }

  private Failure verdict(int status, @Nullable Duration wait) {
    ProviderError said = new ProviderError(score.errorMessage(), score.errorCode(), "", null, 0);
    FailureClass kind = StatusClasses.of(status, said, callersKey());
    return switch (kind) {
      case MALFORMED -> surroundings.failures().malformed(status, "an answer of status " + status);
      case SERVER_ERROR, RATE_LIMITED, QUOTA, UNAUTHORIZED -> failed(kind, status, wait);
      default -> rejected(kind, status, wait);
    };
  }

  private boolean callersKey() {
    return surroundings.options().apiKey() == null && attempt.call().credential() != null;
  }

  private boolean contextLength() {
    return score.errorCode().equals("context_length_exceeded");
  }

  private boolean contentFilter() {
    return FILTERS.contains(score.errorCode());
  }

  private boolean quota() {
    return score.errorCode().equals("insufficient_quota");
  }

  private Failure failed(FailureClass kind, int status, @Nullable Duration wait) {
    String said = surroundings.failures().named("answered " + status + ": " + score.errorMessage());
    return new UpstreamError(kind, status, said, kind == FailureClass.QUOTA ? null : wait);
  }

  private Failure rejected(FailureClass kind, int status, @Nullable Duration wait) {
    String code = score.errorCode().isEmpty() ? "upstream_rejected" : score.errorCode();
    return new ProviderRejected(kind, status, code, score.errorMessage(), null, wait, false);
  }
}
