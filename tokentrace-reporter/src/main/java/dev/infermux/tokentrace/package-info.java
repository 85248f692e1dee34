/**
 * Assembles a reporter from its options. Anyone may import it; it imports the MIST protocol, Vert.x
 * and OpenTelemetry, and nothing of the router.
 */
@NullMarked
package dev.infermux.tokentrace;

import org.jspecify.annotations.NullMarked;
