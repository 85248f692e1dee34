/**
 * The verticle that keeps all callers' money, and the messages it takes. The pipeline and the
 * assembly import it.
 */
@NullMarked
package dev.infermux.budget;

import org.jspecify.annotations.NullMarked;
