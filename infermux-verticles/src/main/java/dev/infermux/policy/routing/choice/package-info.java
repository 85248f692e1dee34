/**
 * Decides which provider serves a call, and which is next: a function of the call's facts, of how
 * the providers stand and of a seed. Imported by the pipeline; the assembly supplies the catalogue.
 */
@NullMarked
package dev.infermux.policy.routing.choice;

import org.jspecify.annotations.NullMarked;
