/** The MIST envelope and its payloads. Anyone may import it; of ours it imports the JSON alone. */
@NullMarked
package dev.infermux.mist;

import org.jspecify.annotations.NullMarked;
