/**
 * A provider's event stream: cut into events, read in its dialect, put together for the caller.
 * Imported by outbound and the dialects under {@code provider}.
 */
@NullMarked
package dev.infermux.provider.http;

import org.jspecify.annotations.NullMarked;
