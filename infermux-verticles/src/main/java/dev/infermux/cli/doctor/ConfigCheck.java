package dev.infermux.cli.doctor;

import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.UserError;
import dev.infermux.config.ConfigResult;
import java.util.ArrayList;
import java.util.List;

/** What reading the configuration has come to. */
final class ConfigCheck {

  private static final String CHECK = "configuration";

  private ConfigCheck() {}

  /**
   * One finding for each problem and each warning.
   *
   * @throws UserError when there is no such file
   */
  static List<Finding> findings(String where, ConfigResult result) {
    List<Finding> found = new ArrayList<>();
    if (result instanceof ConfigResult.NotFound missing) {
      throw new UserError(ExitCode.BAD_ARGUMENTS, missing.reason());
    } else if (result instanceof ConfigResult.Malformed malformed) {
      found.add(Finding.fail(CHECK, malformed.reason()));
    } else if (result instanceof ConfigResult.Invalid invalid) {
      invalid.problems().forEach(one -> found.add(Finding.fail(CHECK, one.toString())));
    } else if (result instanceof ConfigResult.Loaded loaded) {
      int providers = loaded.config().providers().size();
      found.add(
          Finding.ok(
              CHECK,
              where + " is valid, " + providers + (providers == 1 ? " provider" : " providers")));
    }
    result.warnings().forEach(one -> found.add(Finding.warn(CHECK, one)));
    return found;
  }
}
