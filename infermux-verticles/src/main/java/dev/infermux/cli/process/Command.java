package dev.infermux.cli.process;

/** One of the program's commands. */
public interface Command {

  CommandUsage usage();

  /**
   * Does it, to its end.
   *
   * @return the exit code
   * @throws UserError for what the user can mend
   */
  int run(Arguments arguments, CommandContext context);

  /** Whether it is of no use without its output; a server is. */
  default boolean prints() {
    return true;
  }
}
