/**
 * Decides when a provider counts as healthy. The guard, health, operations and config import it.
 */
@NullMarked
package dev.infermux.policy.health;

import org.jspecify.annotations.NullMarked;
