package dev.infermux.ledger.report;

/**
 * One charge in the books.
 *
 * @param atMillis Unix time of the call's admission: its month and its hour bear the charge
 * @param last whether the call ended with it; it counts as one request then
 */
public record LedgerEntry(long atMillis, String caller, boolean last, CostEntry entry) {}
