package dev.infermux.config.tree;

import java.util.ArrayList;
import java.util.List;

/** Collects all that is to be said about one configuration. */
public final class ProblemReport {
  private final boolean strict;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * @param strict whether an unknown key is a problem instead of a warning
   */
  public ProblemReport(boolean strict) {
    this.strict = strict;
  }

  public void problem(String path, String found, String expected) {
    problems.add(Problem.wrong(path, found, expected));
  }

  public void warn(String where, String what) {
    warnings.add(where + ": " + what);
  }

  void unknown(String path, String key, List<String> known) {
    Problem problem = Problem.unknown(path, key, KeySuggestion.to(key, known));
    if (strict) {
      problems.add(problem);
    } else {
      warnings.add(problem.text());
    }
  }

  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  public List<String> warnings() {
    return List.copyOf(warnings);
  }
}
