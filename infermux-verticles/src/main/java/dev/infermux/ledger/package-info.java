/**
 * Money that must survive: who may spend, what was spent, and on what. Imported by the budget
 * verticle, operations and the assembly.
 */
@NullMarked
package dev.infermux.ledger;

import org.jspecify.annotations.NullMarked;
