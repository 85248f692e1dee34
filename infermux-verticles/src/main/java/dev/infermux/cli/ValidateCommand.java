package dev.infermux.cli;

import dev.infermux.InferMux;
import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.Blocking;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.ConfigSource;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Flag;
import dev.infermux.cli.process.Plural;
import dev.infermux.cli.process.Problems;
import dev.infermux.cli.process.ProgramVertx;
import dev.infermux.cli.process.UserError;
import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import dev.infermux.ledger.StateDirectory;
import dev.infermux.policy.budget.BudgetOptions;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** {@code infermux validate}: reads a configuration and says what is wrong with it. */
final class ValidateCommand implements Command {

  private static final Flag STRICT =
      Flag.toggle(
          "--strict",
          "An unknown key, or a caller's key that is not set, is an error instead of a warning."
              + " Warns of a state file whose directory goes with its container.");
  private static final CommandUsage USAGE =
      new CommandUsage(
          "infermux validate",
          "Checks a configuration file without using the network.",
          List.of(ConfigSource.FLAG, STRICT, Flag.HELP),
          List.of(
              "Exit codes: 0 valid, 1 no such file or bad arguments, 2 malformed YAML,",
              "3 invalid values."));

  @Override
  public CommandUsage usage() {
    return USAGE;
  }

  @Override
  public int run(Arguments arguments, CommandContext context) {
    ConfigSource source = ConfigSource.of(arguments, context);
    Path file = source.file().orElseThrow(ValidateCommand::nothingToValidate);
    Vertx vertx = ProgramVertx.create();
    try {
      ReadOptions options =
          ReadOptions.of(context.environment())
              .withToServe(false)
              .withStrict(arguments.has(STRICT));
      ConfigResult result = source.read(vertx, options);
      int code = tell(file, result, context);
      if (arguments.has(STRICT) && result instanceof ConfigResult.Loaded loaded) {
        perishable(loaded.config().budgets(), context);
      }
      return code;
    } finally {
      Blocking.on(vertx.close());
    }
  }

  private static int tell(Path file, ConfigResult result, CommandContext context) {
    result.warnings().forEach(warning -> context.err().println("warning: " + warning));
    if (result instanceof ConfigResult.Loaded loaded) {
      loaded.notices().forEach(notice -> context.err().println("note: " + notice));
      InferMux.priceNotices(loaded.config(), LocalDate.now(ZoneOffset.UTC))
          .forEach(notice -> context.err().println("warning: " + notice));
      context.out().println("ok: config is valid (" + summary(loaded.config()) + ")");
      return ExitCode.OK;
    }
    if (result instanceof ConfigResult.Malformed malformed) {
      throw new UserError(ExitCode.VALIDATE_MALFORMED, malformed.reason());
    }
    if (result instanceof ConfigResult.Invalid invalid) {
      throw new UserError(ExitCode.VALIDATE_INVALID, Problems.text(file.toString(), invalid));
    }
    throw new UserError(ExitCode.BAD_ARGUMENTS, ((ConfigResult.NotFound) result).reason());
  }

  private static void perishable(BudgetOptions budgets, CommandContext context) {
    Path state = budgets.stateFile();
    if (state != null) {
      StateDirectory.warning(state, budgets.shared() != null)
          .ifPresent(text -> context.err().println("warning: budgets.state_file: " + text));
    }
  }

  private static String summary(Config config) {
    return Plural.of(config.providers().size(), "provider")
        + ", "
        + Plural.of(config.routing().groups().size(), "route group");
  }

  private static UserError nothingToValidate() {
    return new UserError(
        ExitCode.BAD_ARGUMENTS,
        "no configuration file: "
            + ConfigReader.DEFAULT_FILE
            + " is not in the working directory (name one with --config)");
  }
}
