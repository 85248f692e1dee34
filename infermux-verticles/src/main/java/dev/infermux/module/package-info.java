/**
 * Finds the optional module infermux-cluster. The assembly and the command line import it.
 * Internal.
 */
@NullMarked
package dev.infermux.module;

import org.jspecify.annotations.NullMarked;
