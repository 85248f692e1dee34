/**
 * Makes spans, of our own or on an application's OpenTelemetry, and queues the finished ones. The
 * export and the assembly import it; it imports spans only.
 */
@NullMarked
package dev.infermux.tokentrace.record;

import org.jspecify.annotations.NullMarked;
