/**
 * The program {@code infermux}: a thin shell over the library face. Nothing imports it. Internal.
 */
@NullMarked
package dev.infermux.cli;

import org.jspecify.annotations.NullMarked;
