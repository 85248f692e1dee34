/**
 * Keeps changes to the ledger in a journal, in memory or in files, and recovers the state from it.
 * Ledger imports it.
 */
@NullMarked
package dev.infermux.ledger.journal;

import org.jspecify.annotations.NullMarked;
