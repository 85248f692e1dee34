/**
 * Decides when a provider counts as healthy. Imported by standing, health, operations and config.
 */
@NullMarked
package dev.infermux.policy.health;

import org.jspecify.annotations.NullMarked;
