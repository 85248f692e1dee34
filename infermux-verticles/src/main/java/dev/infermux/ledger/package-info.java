/**
 * Money that must survive: who may spend, what was spent, and on what. Imported by the assembly,
 * the pipeline and their verticles.
 */
@NullMarked
package dev.infermux.ledger;

import org.jspecify.annotations.NullMarked;
