package dev.infermux.cli.process;

import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a configuration comes from.
 *
 * @param file empty = nowhere: what is built in counts
 */
public record ConfigSource(Optional<Path> file) {

  public static final Flag FLAG =
      Flag.withValue(
          "--config",
          "FILE",
          "The configuration file. Default: INFERMUX_CONFIG, else infermux.yml in the working"
              + " directory if there is one.");

  /** The file that counts: flag, variable, then the default one if it exists. */
  public static ConfigSource of(Arguments arguments, CommandContext context) {
    return new ConfigSource(
        arguments
            .find(FLAG)
            .or(() -> context.variable("INFERMUX_CONFIG"))
            .map(Path::of)
            .or(() -> Optional.of(ConfigReader.DEFAULT_FILE).filter(Files::exists)));
  }

  /** Reads the file, or what is built in when there is none. */
  public ConfigResult read(Vertx vertx, ReadOptions options) {
    return file.map(path -> Blocking.on(ConfigReader.read(vertx, path, options)))
        .orElseGet(() -> ConfigReader.builtIn(options));
  }

  /**
   * As {@link #read}, for commands that cannot go on without a configuration.
   *
   * @throws UserError when there is none
   */
  public ConfigResult.Loaded load(Vertx vertx, ReadOptions options) {
    ConfigResult result = read(vertx, options);
    if (result instanceof ConfigResult.Loaded loaded) {
      return loaded;
    }
    if (result instanceof ConfigResult.NotFound missing) {
      throw new UserError(ExitCode.BAD_ARGUMENTS, missing.reason());
    }
    if (result instanceof ConfigResult.Malformed malformed) {
      throw new UserError(ExitCode.BAD_CONFIGURATION, malformed.reason());
    }
    throw refused((ConfigResult.Invalid) result);
  }

  /** A problem with a flag or a variable is an argument's, not the file's. */
  private UserError refused(ConfigResult.Invalid invalid) {
    boolean fromOutside =
        invalid.problems().stream()
            .allMatch(
                problem ->
                    problem.path().startsWith("--") || problem.path().startsWith("INFERMUX_"));
    if (fromOutside) {
      return new UserError(ExitCode.BAD_ARGUMENTS, Problems.text("", invalid));
    }
    String where = file.map(Path::toString).orElse("configuration");
    return new UserError(ExitCode.BAD_CONFIGURATION, Problems.text(where, invalid));
  }
}
