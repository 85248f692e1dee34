/**
 * A scripted model API: decides how each call is answered, writes the answer, and remembers what it
 * saw. Knows no transport; its players {@code provider.mock} and {@code mock.server} and the face
 * import it.
 */
@NullMarked
package dev.infermux.mock;

import org.jspecify.annotations.NullMarked;
