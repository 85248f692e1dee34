/**
 * How a mock behaves, in words: behaviours, plans of them, and scripts of those. Pure values; the
 * mock, its players, provider options and config import it. Public API in part.
 */
@NullMarked
package dev.infermux.mock.script;

import org.jspecify.annotations.NullMarked;
