/** A strict, forward-only reader of JSON bytes for the hot path. Any package may import it. */
@NullMarked
package dev.infermux.json;

import org.jspecify.annotations.NullMarked;
