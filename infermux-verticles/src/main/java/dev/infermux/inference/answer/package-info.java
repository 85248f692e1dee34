/** One answer on its way back, whole or streamed. Doors, pipeline and providers import it. */
@NullMarked
package dev.infermux.inference.answer;

import org.jspecify.annotations.NullMarked;
