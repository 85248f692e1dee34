/**
 * What all listeners share. The listeners import it; configuration and assembly do for addresses.
 * Public API in part.
 */
@NullMarked
package dev.infermux.inbound;

import org.jspecify.annotations.NullMarked;
