package dev.infermux.cli;

import dev.infermux.cli.args.BadArguments;
import dev.infermux.cli.log.ProgramLog;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Surroundings;
import dev.infermux.cli.process.UserError;
import dev.infermux.config.LogFormat;
import dev.infermux.config.LogLevel;
import dev.infermux.config.LogOptions;
import java.util.List;

/** The program {@code infermux}. */
public final class Main {

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
  static int run(Surroundings surroundings, List<String> words) {
    try {
      return Commands.run(surroundings, words);
    } catch (BadArguments mistake) {
      tell(surroundings, mistake.text());
      surroundings.err().println("Try: infermux" + Commands.named(words) + " --help");
      return ExitCode.BAD_ARGUMENTS;
    } catch (UserError mistake) {
      tell(surroundings, mistake.text());
      return mistake.exitCode();
    } catch (RuntimeException bug) {
      tell(surroundings, "internal error, please report it:");
      bug.printStackTrace(surroundings.err());
      return ExitCode.INTERNAL;
    }
  }

  private static void tell(Surroundings surroundings, String message) {
    surroundings.err().println("infermux: " + message);
  }
}
