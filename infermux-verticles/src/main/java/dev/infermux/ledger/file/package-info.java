/** Keeps a ledger in files that survive the process. Imported by ledger alone. */
@NullMarked
package dev.infermux.ledger.file;

import org.jspecify.annotations.NullMarked;
