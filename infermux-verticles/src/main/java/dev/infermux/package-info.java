/** The library face. Only the command line imports it. Public API. */
@NullMarked
package dev.infermux;

import org.jspecify.annotations.NullMarked;
