/**
 * What is known of a finished call. The pipeline writes it; events, spans, metrics and logs read
 * it.
 */
@NullMarked
package dev.infermux.inference.record;

import org.jspecify.annotations.NullMarked;
