/**
 * A strict, forward-only reader of JSON bytes for the hot path. Any package may import it.
 * Internal.
 */
@NullMarked
package dev.infermux.json;

import org.jspecify.annotations.NullMarked;
