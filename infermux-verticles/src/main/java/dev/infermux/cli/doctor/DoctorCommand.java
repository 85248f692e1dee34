package dev.infermux.cli.doctor;

import dev.infermux.cli.log.ProgramLog;
import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.BadArguments;
import dev.infermux.cli.process.Blocking;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.ConfigSource;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Flag;
import dev.infermux.cli.process.ProgramVertx;
import dev.infermux.cli.process.UserError;
import dev.infermux.config.Config;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.LogFormat;
import dev.infermux.config.LogLevel;
import dev.infermux.config.LogOptions;
import dev.infermux.config.ReadOptions;
import dev.infermux.network.Network;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** {@code infermux doctor}: whether a gateway would work here, and what to mend. */
public final class DoctorCommand implements Command {

  private static final Flag FORMAT =
      Flag.withValue("--format", "FORMAT", "text or json. Default: text.");
  private static final CommandUsage USAGE =
      new CommandUsage(
          "infermux doctor",
          "Checks whether a gateway would work here: configuration, files, ports, providers and"
              + " keys.",
          List.of(ConfigSource.FLAG, FORMAT, Flag.HELP),
          List.of(
              "Each provider is asked for its list of models with its key, which costs nothing.",
              "Exit codes: 0 all is well, with warnings perhaps; 1 no such file or bad arguments;",
              "2 something does not work."));

  private final List<Consumer<CommandContext>> variables;

  /**
   * Looks at nothing yet.
   *
   * @param variables what serve reads of the environment beside what all commands do; each fails
   *     where that cannot be used
   */
  public DoctorCommand(List<Consumer<CommandContext>> variables) {
    this.variables = List.copyOf(variables);
  }

  @Override
  public CommandUsage usage() {
    return USAGE;
  }

  @Override
  public int run(Arguments arguments, CommandContext context) {
    String format = arguments.find(FORMAT).orElse("text");
    if (!format.equals("text") && !format.equals("json")) {
      throw new BadArguments("--format: \"" + format + "\" (expected: text | json)");
    }
    // What the log would say of providers is among the findings.
    ProgramLog.configure(new LogOptions(LogLevel.ERROR, LogFormat.TEXT, false));
    List<Finding> findings = new ArrayList<>(MachineCheck.findings());
    variables.forEach(one -> usable(findings, () -> one.accept(context)));
    Vertx vertx = ProgramVertx.create();
    try {
      look(vertx, ConfigSource.of(arguments, context), context, findings);
    } finally {
      Blocking.on(vertx.close());
    }
    DoctorReport report = new DoctorReport(findings);
    context.out().print(format.equals("json") ? report.json() : report.text());
    context.out().flush();
    return report.works() ? ExitCode.OK : ExitCode.BAD_CONFIGURATION;
  }

  private static void look(
      Vertx vertx, ConfigSource source, CommandContext context, List<Finding> findings) {
    ConfigResult result = source.read(vertx, ReadOptions.of(context.environment()));
    String where = source.file().map(Path::toString).orElse("built in");
    ConfigCheck.findings(where, result).forEach(findings::add);
    if (result instanceof ConfigResult.Loaded loaded) {
      Config config = loaded.config();
      findings.addAll(FileCheck.findings(source.file(), config));
      findings.addAll(PortCheck.findings(config));
      findings.addAll(ExporterCheck.findings(config));
      findings.addAll(SharedBudgetCheck.findings(vertx, config));
      usable(
          findings,
          () -> {
            Network network = Network.of(context.environment(), System.getProperties());
            findings.addAll(
                Blocking.on(
                    new PeerCheck(vertx, network, InstantSource.system()).findings(config)));
            findings.addAll(ProviderCheck.findings(vertx, config, network));
          });
    }
  }

  /** What keeps serve from starting is a finding, and the screen has the others too. */
  private static void usable(List<Finding> findings, Runnable look) {
    try {
      look.run();
    } catch (BadArguments unusable) {
      findings.add(Finding.fail("environment", unusable.text()));
    } catch (UserError unusable) {
      findings.add(Finding.fail("environment", unusable.text()));
    }
  }
}
