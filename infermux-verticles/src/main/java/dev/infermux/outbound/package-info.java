/**
 * What every dialect over HTTP shares: connections, deadlines, cancellation, server-sent events.
 * The dialects under {@code provider} import it.
 */
@NullMarked
package dev.infermux.provider.wire;

import org.jspecify.annotations.NullMarked;
