/**
 * What is known of a finished call. The pipeline writes it; events, spans, metrics and logs read
 * it. Public API in part.
 */
@NullMarked
package dev.infermux.inference.record;

import org.jspecify.annotations.NullMarked;
