/** Decides what a call costs. Imported by pipeline, ledger and config. */
@NullMarked
package dev.infermux.policy.pricing;

import org.jspecify.annotations.NullMarked;
