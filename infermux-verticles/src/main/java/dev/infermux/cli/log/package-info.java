/** The program's own log, configured in code. Only the command line may import it. */
@NullMarked
package dev.infermux.cli.log;

import org.jspecify.annotations.NullMarked;
