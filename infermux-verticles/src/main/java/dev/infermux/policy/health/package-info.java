/**
 * Decides when a provider counts as healthy. The guard, health, operations and config import it.
 * Public API in part.
 */
@NullMarked
package dev.infermux.policy.health;

import org.jspecify.annotations.NullMarked;
