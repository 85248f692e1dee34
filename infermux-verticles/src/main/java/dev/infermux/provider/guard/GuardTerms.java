package dev.infermux.provider.guard;

import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.time.Time;

/**
 * What the guard of one provider works with.
 *
 * @param state what all cells share of the provider
 * @param options of its circuit breaker
 */
record GuardTerms(ProviderState state, CircuitOptions options, Time time) {}
