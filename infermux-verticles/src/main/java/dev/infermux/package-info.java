/** The library face. Only the command line imports it. */
@NullMarked
package dev.infermux;

import org.jspecify.annotations.NullMarked;
