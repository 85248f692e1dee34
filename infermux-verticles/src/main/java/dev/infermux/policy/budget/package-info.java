/** Decides whether a caller may still spend. Imported by pipeline, ledger and config. */
@NullMarked
package dev.infermux.policy.budget;

import org.jspecify.annotations.NullMarked;
