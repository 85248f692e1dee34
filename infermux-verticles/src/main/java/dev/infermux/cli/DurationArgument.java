package dev.infermux.cli;

import dev.infermux.cli.process.BadArguments;
import dev.infermux.config.schema.Durations;
import java.time.Duration;

/** A length of time on the command line, which may be none. */
final class DurationArgument {

  private DurationArgument() {}

  /**
   * Reads it.
   *
   * @param where it was said, for the message
   * @throws BadArguments when it is none
   */
  static Duration read(String where, String text) {
    if (text.equals("0") || text.equals("0s")) {
      return Duration.ZERO;
    }
    return Durations.positive()
        .read(text)
        .orElseThrow(
            () ->
                new BadArguments(
                    where
                        + ": \""
                        + text
                        + "\" (expected: a duration such as 500ms, 15s, 2m, or 0)"));
  }
}
