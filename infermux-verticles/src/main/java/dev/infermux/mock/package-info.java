/**
 * A scripted model API: decides how each call is answered, writes the answer, and remembers what it
 * received. Its server and {@code provider.mock} import it. Public API in part.
 */
@NullMarked
package dev.infermux.mock;

import org.jspecify.annotations.NullMarked;
