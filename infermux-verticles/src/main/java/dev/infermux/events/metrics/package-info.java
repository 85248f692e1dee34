/**
 * Counts calls for Prometheus. The assembly and operations import it; it imports the vocabulary and
 * the Prometheus client.
 */
@NullMarked
package dev.infermux.events.metrics;

import org.jspecify.annotations.NullMarked;
