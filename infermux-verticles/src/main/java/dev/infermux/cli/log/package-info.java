/** The program's own log, configured in code. Only the command line may import it. Internal. */
@NullMarked
package dev.infermux.cli.log;

import org.jspecify.annotations.NullMarked;
