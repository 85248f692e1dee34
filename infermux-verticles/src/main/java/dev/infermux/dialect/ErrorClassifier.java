package dev.infermux.dialect;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides what an error of a provider's means: whose fault it is and what may be tried next. */
public interface ErrorClassifier {

  /**
   * Names the failure.
   *
   * @param status of the answer, or the one that the error stands for inside a stream
   * @param wait when the provider wants to be asked again; null when it does not say
   */
  Failure classify(Attempt attempt, int status, ProviderError error, @Nullable Duration wait);
}
