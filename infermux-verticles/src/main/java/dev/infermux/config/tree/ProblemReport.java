package dev.infermux.config.tree;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects all that is to be said about one configuration. */
public final class ProblemReport {
  private final boolean strict;
  private final boolean toServe;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<Path> unusable = new ArrayList<>();

  /**
   * @param strict whether an unknown key is a problem instead of a warning
   * @param toServe whether the configuration is about to be used here, not only looked at
   */
  public ProblemReport(boolean strict, boolean toServe) {
    this.strict = strict;
    this.toServe = toServe;
  }

  public void problem(String path, String found, String expected) {
    problems.add(Problem.wrong(path, found, expected));
  }

  /** What is missing on this machine: only who serves needs it. */
  public void unready(String path, String found, String expected) {
    if (toServe) {
      problem(path, found, expected);
    } else {
      warnings.add(Problem.wrong(path, found, expected).text());
    }
  }

  /** What leaves a lock without its key: a warning when only looked at, and not strictly. */
  public void unlocked(String path, String found, String expected) {
    if (strict) {
      problem(path, found, expected);
    } else {
      unready(path, found, expected);
    }
  }

  /** Files that are named and are why there is a problem. */
  public void unusable(List<Path> files) {
    unusable.addAll(files);
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

  /** The files that are why there are problems. */
  public List<Path> unusable() {
    return List.copyOf(unusable);
  }

  public List<String> warnings() {
    return List.copyOf(warnings);
  }
}
