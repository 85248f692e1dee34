/**
 * Decides which of those that serve a model gets a call, and which is next: a function of the
 * call's size, of how the providers stand and of a seed. Imported by the pipeline and by {@code
 * serving}, which makes the lineups.
 */
@NullMarked
package dev.infermux.policy.routing.choice;

import org.jspecify.annotations.NullMarked;
