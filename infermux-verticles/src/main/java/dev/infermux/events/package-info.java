/**
 * What is published of finished calls and state changes: events on the bus, listeners in the
 * process, the request log. The face, the assembly, operations and health import it. Public API in
 * part.
 */
@NullMarked
package dev.infermux.events;

import org.jspecify.annotations.NullMarked;
