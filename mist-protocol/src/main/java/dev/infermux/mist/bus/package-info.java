/** The MIST envelope on the Vert.x event bus. Anyone who has Vert.x may import it. */
@NullMarked
package dev.infermux.mist.bus;

import org.jspecify.annotations.NullMarked;
