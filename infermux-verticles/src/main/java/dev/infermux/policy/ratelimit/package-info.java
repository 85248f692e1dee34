/** Keeps a provider under its rate limits. Imported by standing, health, operations and config. */
@NullMarked
package dev.infermux.policy.ratelimit;

import org.jspecify.annotations.NullMarked;
