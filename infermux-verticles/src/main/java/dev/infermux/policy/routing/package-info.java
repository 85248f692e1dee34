/**
 * Routing as configured: options, what each provider serves, how fast it has been, and a plan as
 * explain shows it. The pipeline, the guard, operations and config import it. Public API in part.
 */
@NullMarked
package dev.infermux.policy.routing;

import org.jspecify.annotations.NullMarked;
