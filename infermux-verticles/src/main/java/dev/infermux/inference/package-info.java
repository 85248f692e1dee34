/**
 * The vocabulary: calls, attempts, answers, failures, usage and money. Any package may import it.
 */
@NullMarked
package dev.infermux.inference;

import org.jspecify.annotations.NullMarked;
