/**
 * Decides whether a caller may still spend. The pipeline, the budget verticle, the ledger and
 * config import it.
 */
@NullMarked
package dev.infermux.policy.budget;

import org.jspecify.annotations.NullMarked;
