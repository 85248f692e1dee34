/** The payloads of MIST as a dialect. Front APIs and the assembly import it. Internal. */
@NullMarked
package dev.infermux.dialect.mist;

import org.jspecify.annotations.NullMarked;
