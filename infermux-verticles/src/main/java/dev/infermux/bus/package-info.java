/** How calls and failures cross the event bus: addresses and codecs. Verticles import it. */
@NullMarked
package dev.infermux.bus;

import org.jspecify.annotations.NullMarked;
