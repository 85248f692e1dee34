/**
 * Keeps changes to the ledger in a journal, in memory or in files, and recovers the state from it.
 * Ledger imports it. Internal.
 */
@NullMarked
package dev.infermux.ledger.journal;

import org.jspecify.annotations.NullMarked;
