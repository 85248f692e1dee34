/**
 * Counts calls for Prometheus. The assembly and the management door import it; it imports the
 * vocabulary and the Prometheus client.
 */
@NullMarked
package dev.infermux.events.metrics;

import org.jspecify.annotations.NullMarked;
