package dev.infermux.estimation;

import dev.infermux.inference.Call;
import dev.infermux.inference.Usage;

/** Guesses tokens where a provider reported none. Safe on any thread, event loops included. */
public interface TokenEstimator {

  /**
   * What an attempt took; it is flagged as estimated.
   *
   * @param call as the attempt put it
   * @param model by the provider's name for it
   * @param completionChars what the provider wrote
   */
  Usage estimate(Call call, String model, long completionChars);
}
