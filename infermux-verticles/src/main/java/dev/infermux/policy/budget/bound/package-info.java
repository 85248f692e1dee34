/**
 * The most that a call can cost: in tokens, and by price. Imported by the budget policy, budget and
 * the pipeline.
 */
@NullMarked
package dev.infermux.policy.budget.bound;

import org.jspecify.annotations.NullMarked;
