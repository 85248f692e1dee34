/**
 * The verticle that keeps all callers' money, and the messages it takes. The pipeline, the
 * operators' desks and the assembly import it.
 */
@NullMarked
package dev.infermux.budget;

import org.jspecify.annotations.NullMarked;
