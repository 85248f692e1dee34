package dev.infermux.inference;

import dev.infermux.mist.LocalPayload;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt that did not fail: it was sent and has an answer, or it was refused and
 * nothing was sent, so that another provider can be tried at no risk. It crosses the bus by
 * reference.
 */
public sealed interface AttemptResult extends LocalPayload {

  /** The provider answers. */
  record Sent(Answer answer) implements AttemptResult {

    @Override
    public void undelivered() {
      answer.undelivered();
    }
  }

  /**
   * The provider's guard did not admit the attempt.
   *
   * @param retryAfter when it may be admitted; null when that is not known
   */
  record Refused(String provider, Exclusion why, @Nullable Duration retryAfter)
      implements AttemptResult {

    /** What the caller sees when no other provider is left. */
    public Failure failure() {
      return new Failure.NotAdmitted(provider, why, retryAfter);
    }
  }
}
