/**
 * Decides whether a provider may be called after what it did lately. Imported by standing, events,
 * operations and config.
 */
@NullMarked
package dev.infermux.policy.circuit;

import org.jspecify.annotations.NullMarked;
