/**
 * Sums what was spent by caller, model, provider, group, project and time. Imported by ledger and
 * by the assembly, for the doors.
 */
@NullMarked
package dev.infermux.ledger.report;

import org.jspecify.annotations.NullMarked;
