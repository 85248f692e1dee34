/** What docs/resilience.md promises, measured through the real server. */
@NullMarked
package dev.infermux.resilience;

import org.jspecify.annotations.NullMarked;
