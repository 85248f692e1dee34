/**
 * Finds who can serve a model and ranks the candidates. The pipeline and the assembly import it.
 * Internal.
 */
@NullMarked
package dev.infermux.policy.routing.selection;

import org.jspecify.annotations.NullMarked;
