package dev.infermux.cli;

import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config}, and where a configuration comes from without it. */
final class ConfigSource {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration file. Default: INFERMUX_CONFIG, else infermux.yml in the working"
              + " directory if there is one.")
  private @Nullable Path flag;

  /** Whether the flag was given. */
  boolean given() {
    return flag != null;
  }

  /** The file that counts: flag, variable, then the default one if it exists. */
  Optional<Path> file(Surroundings surroundings) {
    if (flag != null) {
      return Optional.of(flag);
    }
    return surroundings
        .variable("INFERMUX_CONFIG")
        .map(Path::of)
        .or(() -> Optional.of(ConfigReader.DEFAULT_FILE).filter(Files::exists));
  }

  /** Reads the file that counts, or what is built in when there is none. */
  ConfigResult read(Vertx vertx, Surroundings surroundings, ReadOptions options) {
    return file(surroundings)
        .map(file -> Waiting.on(ConfigReader.read(vertx, file, options)))
        .orElseGet(() -> ConfigReader.builtIn(options));
  }

  /** As {@link #read}, for commands that can not go on without a configuration. */
  ConfigResult.Loaded load(Vertx vertx, Surroundings surroundings, ReadOptions options) {
    ConfigResult result = read(vertx, surroundings, options);
    if (result instanceof ConfigResult.Loaded loaded) {
      return loaded;
    }
    if (result instanceof ConfigResult.NotFound missing) {
      throw new UserError(ExitCode.BAD_ARGUMENTS, missing.reason());
    }
    if (result instanceof ConfigResult.Malformed malformed) {
      throw new UserError(ExitCode.BAD_CONFIGURATION, malformed.reason());
    }
    throw refused((ConfigResult.Invalid) result, surroundings);
  }

  /** A problem with a flag or a variable is an argument's, not the file's. */
  private UserError refused(ConfigResult.Invalid invalid, Surroundings surroundings) {
    boolean fromOutside =
        invalid.problems().stream()
            .allMatch(
                problem ->
                    problem.path().startsWith("--") || problem.path().startsWith("INFERMUX_"));
    if (fromOutside) {
      return new UserError(ExitCode.BAD_ARGUMENTS, Problems.text("", invalid));
    }
    String where = file(surroundings).map(Path::toString).orElse("configuration");
    return new UserError(ExitCode.BAD_CONFIGURATION, Problems.text(where, invalid));
  }
}
