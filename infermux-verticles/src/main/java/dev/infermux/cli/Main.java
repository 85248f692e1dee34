package dev.infermux.cli;

import dev.infermux.cli.log.ProgramLog;
import dev.infermux.config.LogFormat;
import dev.infermux.config.LogLevel;
import dev.infermux.config.LogOptions;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code infermux}. */
public final class Main {

  private static final int HELP_WIDTH = 100;

  /** For commands whose output is meant for a pipe; {@code serve} sets up its own. */
  private static final LogOptions QUIET = new LogOptions(LogLevel.WARN, LogFormat.TEXT, false);

  private Main() {}

  public static void main(String[] arguments) {
    ProgramLog.configure(QUIET);
    int exitCode = run(Surroundings.ofThisProcess(), List.of(arguments));
    ProgramLog.close();
    System.exit(exitCode);
  }

  /** Runs one command to its end and returns its exit code. */
  static int run(Surroundings surroundings, List<String> arguments) {
    return commandLine(surroundings).execute(arguments.toArray(new String[0]));
  }

  static CommandLine commandLine(Surroundings surroundings) {
    CommandLine root =
        new CommandLine(new InferMuxCommand())
            .addSubcommand(new ServeCommand(surroundings))
            .addSubcommand(new InferCommand(surroundings))
            .addSubcommand(new ValidateCommand(surroundings));
    return root.setOut(surroundings.out())
        .setErr(surroundings.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setUsageHelpWidth(HELP_WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::badArguments)
        .setExecutionExceptionHandler(Main::failed);
  }

  private static int badArguments(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    tell(command, String.valueOf(problem.getMessage()));
    if (!UnmatchedArgumentException.printSuggestions(problem, command.getErr())) {
      String name = command.getCommandSpec().qualifiedName();
      command.getErr().println("Try: " + name + " --help");
    }
    return ExitCode.BAD_ARGUMENTS;
  }

  private static int failed(Exception cause, CommandLine command, CommandLine.ParseResult parsed) {
    if (cause instanceof UserError mistake) {
      tell(command, mistake.text());
      return mistake.exitCode();
    }
    tell(command, "internal error, please report it:");
    cause.printStackTrace(command.getErr());
    return ExitCode.INTERNAL;
  }

  private static void tell(CommandLine command, String message) {
    command.getErr().println("infermux: " + message);
  }
}
