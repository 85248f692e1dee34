package dev.infermux.cli;

import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code infermux validate}: reads a configuration and says what is wrong with it. */
@Command(
    name = "validate",
    description = "Checks a configuration file without using the network.",
    sortOptions = false,
    footer = {
      "",
      "Exit codes: 0 valid, 1 no such file or bad arguments, 2 malformed YAML, 3 invalid values."
    })
final class ValidateCommand implements Callable<Integer> {

  @Mixin private final ConfigSource source = new ConfigSource();
  @Mixin final HelpFlag help = new HelpFlag();

  @Option(names = "--strict", description = "An unknown key is an error instead of a warning.")
  private boolean strict;

  private final Surroundings surroundings;

  ValidateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Path file =
        source
            .file(surroundings)
            .orElseThrow(
                () ->
                    new UserError(
                        ExitCode.BAD_ARGUMENTS,
                        "no configuration file: "
                            + ConfigReader.DEFAULT_FILE
                            + " is not in the working directory (name one with --config)"));
    Vertx vertx = ProgramVertx.create();
    try {
      ReadOptions options = ReadOptions.of(surroundings.environment()).withStrict(strict);
      return tell(file, source.read(vertx, surroundings, options));
    } finally {
      Waiting.on(vertx.close());
    }
  }

  private int tell(Path file, ConfigResult result) {
    result.warnings().forEach(warning -> surroundings.err().println("warning: " + warning));
    if (result instanceof ConfigResult.Loaded loaded) {
      loaded.notices().forEach(notice -> surroundings.err().println("note: " + notice));
      surroundings.out().println("ok: config is valid (" + summary(loaded.config()) + ")");
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

  private static String summary(Config config) {
    return Counted.of(config.providers().size(), "provider")
        + ", "
        + Counted.of(config.routing().groups().size(), "route group");
  }
}
