package dev.infermux.ledger.report;

import java.time.Instant;

/** What was spent from {@code start} on, for the length of one bucket. */
public record ReportPoint(Instant start, Totals tally) {}
