package dev.infermux.dialect;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;

/** Decides what an error of a provider's means: whose fault it is and what may be tried next. */
public interface ErrorClassifier {

  /**
   * Names the failure.
   *
   * @param status of the answer, or the one that the error stands for inside a stream
   * @param advice what the provider says about asking it again
   */
  Failure classify(Attempt attempt, int status, ProviderError error, RetryAdvice advice);
}
