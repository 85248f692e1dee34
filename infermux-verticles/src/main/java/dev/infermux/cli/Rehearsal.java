package dev.infermux.cli;

import dev.infermux.cli.log.ProgramLog;
import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.Flag;
import dev.infermux.config.LogOptions;
import java.io.IOException;
import java.time.Duration;

/**
 * Calls to a gateway of this process's own, before a server opens its sockets: the JVM compiles
 * what they run through. They meet neither the server's providers, budgets and limits nor its
 * metrics, events, spans and log.
 */
final class Rehearsal {

  static final Flag FLAG =
      Flag.withValue(
          "--warm-up",
          "DURATION",
          "How long to send calls to a gateway within this process before listening, so that the"
              + " first callers meet compiled code. Default: 0.");

  private static final String VARIABLE = "INFERMUX_WARM_UP";

  private Rehearsal() {}

  /**
   * What the flag asks for, else the variable, else nothing.
   *
   * @throws dev.infermux.cli.process.BadArguments when that is no duration
   */
  static Duration length(Arguments arguments, CommandContext context) {
    return arguments
        .find(FLAG)
        .map(text -> DurationArgument.read(FLAG.name(), text))
        .or(() -> context.variable(VARIABLE).map(text -> DurationArgument.read(VARIABLE, text)))
        .orElse(Duration.ZERO);
  }

  /**
   * Plays it to its end; where that cannot be, the start goes on without.
   *
   * @param log what the log is set up with afterwards
   */
  static void play(Duration length, LogOptions log) {
    if (length.isZero()) {
      return;
    }
    ServeCommand.LOG.info("warming up for {} ms", length.toMillis());
    String failure = "";
    Runnable again = ProgramLog.silence();
    try {
      CdsTraining.load(length);
    } catch (IOException | RuntimeException e) {
      failure = e.toString();
    } finally {
      again.run();
      ProgramLog.configure(log);
    }
    if (!failure.isEmpty()) {
      ServeCommand.LOG.warn("no warm-up, the first calls will be slower: {}", failure);
    }
  }
}
