/**
 * Serves calls from the event bus: any verticle in the process or cluster may ask. Only the
 * assembly imports it. Internal.
 */
@NullMarked
package dev.infermux.inbound.bus;

import org.jspecify.annotations.NullMarked;
