/**
 * Strict JSON in and out: exact numbers, exact bytes, bounded depth. Anyone may import it; it
 * imports nothing of ours.
 */
@NullMarked
package dev.infermux.mist.json;

import org.jspecify.annotations.NullMarked;
