/**
 * An hour of traffic on a virtual clock, through the real policies, to see what they come to
 * together. Nobody imports it.
 */
@NullMarked
package dev.infermux.simulation;

import org.jspecify.annotations.NullMarked;
