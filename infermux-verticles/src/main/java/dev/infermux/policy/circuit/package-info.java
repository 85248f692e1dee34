/**
 * The circuit breaker: states, window, permits and backoff over ports for time and for the breaker
 * under it. The guard, events, operations and config import it. Public API in part.
 */
@NullMarked
package dev.infermux.policy.circuit;

import org.jspecify.annotations.NullMarked;
