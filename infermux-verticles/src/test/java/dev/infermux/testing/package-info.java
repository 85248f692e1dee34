/** A model API that does exactly what a test says, and what goes with it. Tests import it. */
@NullMarked
package dev.infermux.testing;

import org.jspecify.annotations.NullMarked;
