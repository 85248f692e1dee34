/**
 * Turns calls into spans. The assembly imports it; it imports the vocabulary, finished calls and
 * the TokenTrace reporter. Internal.
 */
@NullMarked
package dev.infermux.events.tracing;

import org.jspecify.annotations.NullMarked;
