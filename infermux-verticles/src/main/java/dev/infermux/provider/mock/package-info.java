/**
 * Plays a mock inside the process, as if it were a model API. Only the assembly imports it.
 * Internal.
 */
@NullMarked
package dev.infermux.provider.mock;

import org.jspecify.annotations.NullMarked;
