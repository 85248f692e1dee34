/** The MIST envelope on the Vert.x event bus. Any program with Vert.x may import it. */
@NullMarked
package dev.infermux.mist.bus;

import org.jspecify.annotations.NullMarked;
