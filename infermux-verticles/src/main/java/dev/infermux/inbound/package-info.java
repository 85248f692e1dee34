/**
 * What all doors share. Imported by the doors, and for their addresses by config and whoever opens
 * them.
 */
@NullMarked
package dev.infermux.inbound;

import org.jspecify.annotations.NullMarked;
