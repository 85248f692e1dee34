/**
 * The account of the bytes that calls hold in memory. Whoever buffers what comes from outside
 * imports it. Public API in part.
 */
@NullMarked
package dev.infermux.memory;

import org.jspecify.annotations.NullMarked;
