package dev.infermux.cli.process;

import dev.infermux.config.ConfigResult;
import dev.infermux.config.tree.Problem;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All problems of a configuration as text, a line each. */
public final class Problems {

  private Problems() {}

  /** With the file they are in, or the bare problems where {@code where} is empty. */
  public static String text(String where, ConfigResult.Invalid invalid) {
    String head =
        where.isEmpty() ? "" : where + ": " + Plural.of(invalid.problems().size(), "problem");
    return Stream.concat(Stream.of(head), invalid.problems().stream().map(Problem::text))
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n  "));
  }
}
