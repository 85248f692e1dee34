package dev.infermux.cli.migrate;

import dev.infermux.cli.process.Blocking;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Problems;
import dev.infermux.cli.process.ProgramVertx;
import dev.infermux.cli.process.UserError;
import dev.infermux.cli.process.UserFile;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is written must be what serve takes: what it would refuse is left out, and listed. */
final class ImportedCheck {

  private static final Pattern VARIABLE = Pattern.compile("(\\w+): \"\\$\\{(\\w+)}\"");

  private static final String TEMPORARY = "infermux-import";

  /** What is left out may be named elsewhere, which is the next round's problem. */
  private static final int MOST_ROUNDS = 20;

  private ImportedCheck() {}

  /**
   * Leaves out what cannot be used; without providers nothing is left.
   *
   * @throws UserError when what is wrong must not be left out, such as who may call
   */
  static void of(Migration made) {
    Vertx vertx = ProgramVertx.create();
    Path file = null;
    int rounds = 0;
    try {
      file = Files.createTempFile(TEMPORARY, ".yml");
      while (!made.providers().isEmpty()
          && read(vertx, file, made.text()) instanceof ConfigResult.Invalid invalid) {
        if (++rounds > MOST_ROUNDS || !made.leaveOut(invalid.problems())) {
          throw new UserError(
              ExitCode.BAD_CONFIGURATION, Problems.text("what would be written", invalid));
        }
      }
    } catch (IOException e) {
      throw UserFile.unwritten(Path.of(System.getProperty("java.io.tmpdir"), TEMPORARY), e);
    } finally {
      Blocking.on(vertx.close());
      delete(file);
    }
  }

  private static ConfigResult read(Vertx vertx, Path file, String text) throws IOException {
    Files.writeString(file, text);
    ReadOptions options = ReadOptions.of(variables(text)).withToServe(false);
    ConfigResult result = Blocking.on(ConfigReader.read(vertx, file, options));
    if (result instanceof ConfigResult.Malformed malformed) {
      throw new IllegalStateException(malformed.reason());
    }
    return result;
  }

  /** Values for variables, which need not be set where this runs. */
  private static Map<String, String> variables(String text) {
    Map<String, String> variables = new HashMap<>();
    Matcher found = VARIABLE.matcher(text);
    while (found.find()) {
      boolean address = found.group(1).equals("base_url");
      variables.put(found.group(2), address ? "http://localhost" : "set-where-it-runs");
    }
    return variables;
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
