/** What all doors share. Imported by the doors and config. */
@NullMarked
package dev.infermux.inbound;

import org.jspecify.annotations.NullMarked;
