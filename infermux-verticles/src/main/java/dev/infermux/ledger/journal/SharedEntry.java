package dev.infermux.ledger.journal;

import dev.infermux.ledger.report.LedgerEntry;
import java.util.UUID;

/**
 * A cost that the shared store has still to be told.
 *
 * @param holder which holder of leases had it
 * @param sequence unique for the holder: with it, a cost that is told twice counts once
 */
public record SharedEntry(UUID holder, long sequence, LedgerEntry entry) {}
