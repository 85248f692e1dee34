package dev.infermux.provider.mock;

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
  private static final Duration QUOTA_WAIT = Duration.ofMinutes(1);

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
    if (status >= 500 || status == 408) {
      return failed(FailureClass.SERVER_ERROR, status, wait);
    } else if (status == 429) {
      return failed(FailureClass.RATE_LIMITED, status, wait == null && quota() ? QUOTA_WAIT : wait);
    } else if (status < 400) {
      return surroundings.failures().malformed(status, "an answer of status " + status);
    } else if (contextLength()) {
      return rejected(FailureClass.CONTEXT_LENGTH, status);
    } else if (!contentFilter() && aboutTheKey(status) && !callersKey()) {
      return failed(FailureClass.UNAUTHORIZED, status, null);
    }
    return rejected(FailureClass.CALLER_FAULT, status);
  }

  private static boolean aboutTheKey(int status) {
    return status == 401 || status == 402 || status == 403;
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
    return new UpstreamError(kind, status, said, wait);
  }

  private Failure rejected(FailureClass kind, int status) {
    String code = score.errorCode().isEmpty() ? "upstream_rejected" : score.errorCode();
    return new ProviderRejected(kind, status, code, score.errorMessage(), null);
  }
}
