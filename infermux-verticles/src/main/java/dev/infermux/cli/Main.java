package dev.infermux.cli;

import dev.infermux.cli.log.ProgramLog;
import dev.infermux.cli.process.BadArguments;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.UserError;
import dev.infermux.config.LogFormat;
import dev.infermux.config.LogLevel;
import dev.infermux.config.LogOptions;
import dev.infermux.vertx.ListenerGuard;
import java.util.List;

/** The program {@code infermux}. */
public final class Main {

  /** For commands whose output is meant for a pipe; {@code serve} sets up its own. */
  private static final LogOptions QUIET = new LogOptions(LogLevel.WARN, LogFormat.TEXT, false);

  private Main() {}

  public static void main(String[] arguments) {
    ListenerGuard.install();
    ProgramLog.configure(QUIET);
    int exitCode = run(CommandContext.ofThisProcess(), List.of(arguments));
    ProgramLog.close();
    System.exit(exitCode);
  }

  /** Runs one command to its end and returns its exit code. */
  static int run(CommandContext context, List<String> words) {
    try {
      return Commands.run(context, words);
    } catch (BadArguments mistake) {
      tell(context, mistake.text());
      context.err().println("Try: infermux" + Commands.named(words) + " --help");
      return ExitCode.BAD_ARGUMENTS;
    } catch (UserError mistake) {
      tell(context, mistake.text());
      return mistake.exitCode();
    } catch (RuntimeException bug) {
      tell(context, "internal error, please report it:");
      bug.printStackTrace(context.err());
      return ExitCode.INTERNAL;
    }
  }

  private static void tell(CommandContext context, String message) {
    context.err().println("infermux: " + message);
  }
}
