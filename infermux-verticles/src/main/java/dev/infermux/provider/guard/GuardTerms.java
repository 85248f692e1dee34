package dev.infermux.provider.guard;

import dev.infermux.inference.Attempt;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.time.Time;

/**
 * What the guard of one provider works with.
 *
 * @param state what all cells share of the provider
 * @param options of its circuit breakers
 * @param takesCallersKey whether a caller's own key is used where the caller has one
 */
record GuardTerms(ProviderState state, CircuitOptions options, Time time, boolean takesCallersKey) {

  /** Whether an attempt is made with its caller's own key, of which no fact is known here. */
  boolean ownKey(Attempt attempt) {
    return takesCallersKey && attempt.call().credential() != null;
  }
}
