/** The MIST envelope and its payloads. Anyone may import it; it imports nothing of ours. */
@NullMarked
package dev.infermux.mist;

import org.jspecify.annotations.NullMarked;
