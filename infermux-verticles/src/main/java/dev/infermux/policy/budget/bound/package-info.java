/** The most that a call can cost: in tokens, and by price. Imported by budget and pipeline. */
@NullMarked
package dev.infermux.policy.budget.bound;

import org.jspecify.annotations.NullMarked;
