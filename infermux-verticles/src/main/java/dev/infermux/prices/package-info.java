/**
 * Reads, imports and compares price lists. Internal. Imported by config, the assembly and the
 * program.
 */
@NullMarked
package dev.infermux.prices;

import org.jspecify.annotations.NullMarked;
