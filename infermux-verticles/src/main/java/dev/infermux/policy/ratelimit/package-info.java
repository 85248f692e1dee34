/**
 * Keeps providers and callers within their rate limits. The guard, the pipeline, health, operations
 * and config import it. Public API in part.
 */
@NullMarked
package dev.infermux.policy.ratelimit;

import org.jspecify.annotations.NullMarked;
