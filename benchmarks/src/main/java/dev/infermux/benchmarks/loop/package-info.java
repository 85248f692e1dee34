/**
 * One event loop that does all that is measured, and calls made on it one after the other or a few
 * at a time.
 *
 * <p>Imported by the packages of this module only.
 */
@NullMarked
package dev.infermux.benchmarks.loop;

import org.jspecify.annotations.NullMarked;
