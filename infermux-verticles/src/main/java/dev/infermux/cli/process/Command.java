package dev.infermux.cli.process;

import dev.infermux.cli.args.Arguments;
import dev.infermux.cli.args.Usage;

/** One of the program's commands. */
public interface Command {

  Usage usage();

  /**
   * Does it, to its end.
   *
   * @return the exit code
   * @throws UserError for what the user can mend
   */
  int run(Arguments arguments, Surroundings surroundings);
}
