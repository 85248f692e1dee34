/**
 * Posts bytes to one address and hands the whole answer back. The sinks import it; it imports
 * nothing of ours.
 */
@NullMarked
package dev.infermux.tokentrace.http;

import org.jspecify.annotations.NullMarked;
