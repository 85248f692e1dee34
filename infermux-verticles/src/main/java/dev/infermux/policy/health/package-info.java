/** Decides when a provider counts as healthy. Imported by pipeline and config. */
@NullMarked
package dev.infermux.policy.health;

import org.jspecify.annotations.NullMarked;
