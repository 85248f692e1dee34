/**
 * What every exit over HTTP shares: connections, deadlines, cancellation. The dialects under {@code
 * provider} import it.
 */
@NullMarked
package dev.infermux.outbound;

import org.jspecify.annotations.NullMarked;
