/**
 * The verticle that owns all callers' money, and its messages. The pipeline, operations and the
 * assembly import it. Internal.
 */
@NullMarked
package dev.infermux.budget;

import org.jspecify.annotations.NullMarked;
