/** How calls and failures cross the event bus: addresses and codecs. Verticles import it. */
@NullMarked
package dev.infermux.inference.bus;

import org.jspecify.annotations.NullMarked;
