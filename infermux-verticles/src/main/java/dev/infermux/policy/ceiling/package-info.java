/** Keeps a provider under its rate limits. Imported by pipeline and config. */
@NullMarked
package dev.infermux.policy.ceiling;

import org.jspecify.annotations.NullMarked;
