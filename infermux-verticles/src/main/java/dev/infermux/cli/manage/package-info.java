/**
 * The commands that ask a running server how it does. Imported by the program's entry alone.
 * Internal.
 */
@NullMarked
package dev.infermux.cli.manage;

import org.jspecify.annotations.NullMarked;
