/**
 * What each caller may spend in a month, as configured. Imported by the policy, ledger, the
 * pipeline, operations and config.
 */
@NullMarked
package dev.infermux.policy.budget.options;

import org.jspecify.annotations.NullMarked;
