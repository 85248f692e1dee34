/**
 * Money that must survive: who may spend, what was spent, and on what. The budget verticle,
 * operations and the assembly import it. Internal.
 */
@NullMarked
package dev.infermux.ledger;

import org.jspecify.annotations.NullMarked;
