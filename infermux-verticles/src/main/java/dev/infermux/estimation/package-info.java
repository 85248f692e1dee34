/**
 * Guesses what a model took where its provider did not count. The pipeline asks it; the assembly
 * makes it. Internal.
 */
@NullMarked
package dev.infermux.estimation;

import org.jspecify.annotations.NullMarked;
