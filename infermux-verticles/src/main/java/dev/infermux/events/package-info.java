/**
 * What the world is told of finished calls: events on the bus and listeners in the process. The
 * face, the assembly, operations and health import it; it imports the vocabulary and the MIST
 * protocol.
 */
@NullMarked
package dev.infermux.events;

import org.jspecify.annotations.NullMarked;
