package dev.infermux.cli.shell;

import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.BadArguments;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Flag;
import java.util.List;
import java.util.function.Supplier;

/** {@code infermux completion}: what a shell needs to complete commands and flags. */
public final class CompletionCommand implements Command {

  private static final CommandUsage USAGE =
      new CommandUsage(
          "infermux completion",
          "bash | zsh | fish",
          "Prints the completion script of a shell.",
          List.of(Flag.HELP),
          List.of(
              "bash: infermux completion bash > /etc/bash_completion.d/infermux",
              "zsh:  infermux completion zsh > /usr/local/share/zsh/site-functions/_infermux",
              "fish: infermux completion fish > ~/.config/fish/completions/infermux.fish"));

  private final Supplier<CommandTable> table;

  public CompletionCommand(Supplier<CommandTable> table) {
    this.table = table;
  }

  @Override
  public CommandUsage usage() {
    return USAGE;
  }

  @Override
  public int run(Arguments arguments, CommandContext context) {
    String script =
        switch (String.join(" ", arguments.words())) {
          case "bash" -> BashCompletion.of(table.get());
          case "zsh" -> ZshCompletion.of(table.get());
          case "fish" -> FishCompletion.of(table.get());
          default ->
              throw new BadArguments(
                  "completion: \""
                      + String.join(" ", arguments.words())
                      + "\" (expected: bash | zsh | fish)");
        };
    context.out().print(script);
    context.out().flush();
    return ExitCode.OK;
  }
}
