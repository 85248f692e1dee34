/**
 * The words that all packages share: failures, usage, money, who calls. Any package may import it.
 */
@NullMarked
package dev.infermux.inference;

import org.jspecify.annotations.NullMarked;
