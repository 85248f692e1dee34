/**
 * What a command has of the process around it: its arguments, exit codes, signals and Vert.x. The
 * commands import it. Internal.
 */
@NullMarked
package dev.infermux.cli.process;

import org.jspecify.annotations.NullMarked;
