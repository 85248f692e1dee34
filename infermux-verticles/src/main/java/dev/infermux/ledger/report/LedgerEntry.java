package dev.infermux.ledger.report;

/**
 * One cost in the ledger.
 *
 * @param atMillis Unix time of the call's admission: the cost stands in its month and its hour
 * @param last whether the call ended with it; it counts as one request then
 */
public record LedgerEntry(long atMillis, String caller, boolean last, CostEntry entry) {}
