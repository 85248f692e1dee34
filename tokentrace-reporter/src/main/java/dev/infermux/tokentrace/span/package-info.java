/**
 * What a program that makes spans sees: open one, end it with facts. Anyone may import it; it
 * imports nothing of ours.
 */
@NullMarked
package dev.infermux.tokentrace.span;

import org.jspecify.annotations.NullMarked;
