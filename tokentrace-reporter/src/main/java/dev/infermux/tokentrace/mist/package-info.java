/**
 * Speaks to TokenTrace, in both of its formats. The assembly imports it; it imports the MIST
 * protocol, the export and the poster.
 */
@NullMarked
package dev.infermux.tokentrace.mist;

import org.jspecify.annotations.NullMarked;
