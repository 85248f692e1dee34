/** What a command has of the process around it and does alike. Imported by the commands. */
@NullMarked
package dev.infermux.cli.process;

import org.jspecify.annotations.NullMarked;
