/**
 * What shells and manuals say of the program, made of its own help. Imported by {@code cli} alone.
 * Internal.
 */
@NullMarked
package dev.infermux.cli.shell;

import org.jspecify.annotations.NullMarked;
