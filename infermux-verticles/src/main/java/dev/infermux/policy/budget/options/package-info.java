/** What each caller may spend in a month, as configured. Imported by whoever acts on it. */
@NullMarked
package dev.infermux.policy.budget.options;

import org.jspecify.annotations.NullMarked;
