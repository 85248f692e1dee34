/**
 * Sums what was spent by caller, model, provider, group, project and time. Imported by ledger,
 * budget, the pipeline and operations. Internal.
 */
@NullMarked
package dev.infermux.ledger.report;

import org.jspecify.annotations.NullMarked;
