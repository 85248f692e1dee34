/**
 * What all listeners share. The listeners import it; configuration and assembly do for addresses.
 */
@NullMarked
package dev.infermux.inbound;

import org.jspecify.annotations.NullMarked;
