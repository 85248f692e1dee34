/**
 * The HTTP transport that providers share: connections, deadlines, cancellation and event streams.
 * Provider types import it. Internal.
 */
@NullMarked
package dev.infermux.provider.http;

import org.jspecify.annotations.NullMarked;
