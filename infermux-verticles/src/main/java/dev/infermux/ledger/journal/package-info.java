/** What changes the books, and what the changes come to. Imported by ledger and by ledger.file. */
@NullMarked
package dev.infermux.ledger.journal;

import org.jspecify.annotations.NullMarked;
