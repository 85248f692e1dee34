/**
 * Senders of envelopes to files and streams, their addresses, and signatures. Anyone may import it.
 */
@NullMarked
package dev.infermux.mist.transport;

import org.jspecify.annotations.NullMarked;
