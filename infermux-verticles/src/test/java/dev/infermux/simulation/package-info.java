/**
 * An hour of traffic on a virtual clock, through the real stages, guards and ledger, over scripted
 * providers. Nobody imports it.
 */
@NullMarked
package dev.infermux.simulation;

import org.jspecify.annotations.NullMarked;
