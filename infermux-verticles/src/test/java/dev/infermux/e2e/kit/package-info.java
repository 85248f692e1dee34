/** What tests of the whole server share: a running one, a plain socket to it, its words. */
@NullMarked
package dev.infermux.e2e.kit;

import org.jspecify.annotations.NullMarked;
