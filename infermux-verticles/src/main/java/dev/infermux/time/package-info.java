/**
 * Ports for time: a monotonic clock and timers; the time of day is a {@link
 * java.time.InstantSource}. Everything may import it. Internal.
 */
@NullMarked
package dev.infermux.time;

import org.jspecify.annotations.NullMarked;
