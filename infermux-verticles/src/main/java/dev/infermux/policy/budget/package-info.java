/**
 * Decides whether a caller may still spend. The pipeline, the budget verticle, the ledger and
 * config import it. Public API in part.
 */
@NullMarked
package dev.infermux.policy.budget;

import org.jspecify.annotations.NullMarked;
