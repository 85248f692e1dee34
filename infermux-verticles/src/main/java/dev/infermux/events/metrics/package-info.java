/**
 * Counts calls for Prometheus. The assembly and operations import it; it imports the vocabulary and
 * the Prometheus client. Internal.
 */
@NullMarked
package dev.infermux.events.metrics;

import org.jspecify.annotations.NullMarked;
