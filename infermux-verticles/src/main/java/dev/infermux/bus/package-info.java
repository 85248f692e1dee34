/**
 * How calls, answers and failures cross the event bus: addresses, envelopes and codecs. Verticles
 * and their clients import it. Internal.
 */
@NullMarked
package dev.infermux.bus;

import org.jspecify.annotations.NullMarked;
