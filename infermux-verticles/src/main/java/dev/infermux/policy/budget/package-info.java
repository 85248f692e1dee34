/**
 * Decides whether a caller may still spend. Imported by those who keep, spend or show the money.
 */
@NullMarked
package dev.infermux.policy.budget;

import org.jspecify.annotations.NullMarked;
