/**
 * The circuits: the policy's window, and Vert.x's breaker for each wait and its probe. Imported by
 * its parent and by whoever shows circuits or works them by hand.
 */
@NullMarked
package dev.infermux.standing.circuit;

import org.jspecify.annotations.NullMarked;
