/**
 * Shared state of each provider, and the guard that admits attempts through its circuit breaker and
 * rate limiter. The pipeline, operations and the assembly import it. Internal.
 */
@NullMarked
package dev.infermux.provider.guard;

import org.jspecify.annotations.NullMarked;
