/** Decides what a call costs. Imported by the assembly and config. Public API in part. */
@NullMarked
package dev.infermux.policy.pricing;

import org.jspecify.annotations.NullMarked;
