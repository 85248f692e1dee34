package dev.infermux.cli;

import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.UserError;
import dev.infermux.inference.Secret;
import java.util.Optional;

/** The token that the environment sets for the management API. */
final class ManagementToken {

  private static final String VARIABLE = "INFERMUX_MANAGEMENT_TOKEN";

  private ManagementToken() {}

  /**
   * Reads it; empty = the variable is not set.
   *
   * @throws UserError when it is set to what cannot be a token: management would be open, or shut
   *     for everyone
   */
  static Optional<Secret> of(CommandContext context) {
    String token = context.environment().get(VARIABLE);
    if (token == null) {
      return Optional.empty();
    }
    boolean usable = !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7F);
    if (!usable) {
      String found = token.isEmpty() ? "\"\"" : "white space, or other than ASCII, in it";
      throw new UserError(
          ExitCode.BAD_CONFIGURATION,
          VARIABLE
              + ": "
              + found
              + " (expected: a token without white space, such as that of: openssl rand -hex 32;"
              + " or do not set the variable)");
    }
    return Optional.of(Secret.of(token));
  }
}
