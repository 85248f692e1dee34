/** Reads arguments and prints help. Imported by the commands; knows none of them. */
@NullMarked
package dev.infermux.cli.args;

import org.jspecify.annotations.NullMarked;
