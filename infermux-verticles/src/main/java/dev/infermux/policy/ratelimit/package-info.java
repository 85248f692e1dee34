/**
 * Keeps a provider within its rate limits. The guard, health, operations and config import it.
 * Public API in part.
 */
@NullMarked
package dev.infermux.policy.ratelimit;

import org.jspecify.annotations.NullMarked;
