/** Decides whether a provider may be called after its recent outcomes. The guard, events, operations and config import it. */
@NullMarked
package dev.infermux.policy.circuit;

import org.jspecify.annotations.NullMarked;
