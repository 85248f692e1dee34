/** Logs calls. Operations import it; it imports the vocabulary and slf4j. */
@NullMarked
package dev.infermux.events.log;

import org.jspecify.annotations.NullMarked;
