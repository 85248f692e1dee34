package dev.infermux.cli.shell;

import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Flag;
import java.util.List;
import java.util.function.Supplier;

/** {@code infermux man}: the manual page. */
public final class ManCommand implements Command {

  private static final CommandUsage USAGE =
      new CommandUsage(
          "infermux man",
          "Prints the manual page, in the format of man.",
          List.of(Flag.HELP),
          List.of("Read it: infermux man | man -l -"));

  private final Supplier<CommandTable> table;
  private final String version;

  public ManCommand(Supplier<CommandTable> table, String version) {
    this.table = table;
    this.version = version;
  }

  @Override
  public CommandUsage usage() {
    return USAGE;
  }

  @Override
  public int run(Arguments arguments, CommandContext context) {
    context.out().print(ManPage.of(table.get(), version));
    context.out().flush();
    return ExitCode.OK;
  }
}
