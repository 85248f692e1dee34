/**
 * The vocabulary: calls, attempts, answers, failures, usage and money. Any package may import it.
 * Public API in part.
 */
@NullMarked
package dev.infermux.inference;

import org.jspecify.annotations.NullMarked;
