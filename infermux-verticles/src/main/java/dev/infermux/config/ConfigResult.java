package dev.infermux.config;

import dev.infermux.config.tree.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What reading a configuration came to. No text in it has a secret. */
public sealed interface ConfigResult {

  /** One line each: what works other than it may have been meant. */
  List<String> warnings();

  /**
   * It can be used.
   *
   * @param notices what the file sets and this version does not act on yet, one line each
   */
  record Loaded(Config config, List<String> warnings, List<String> notices)
      implements ConfigResult {
    public Loaded {
      warnings = List.copyOf(warnings);
      notices = List.copyOf(notices);
    }

    /** With these besides. */
    public Loaded withWarnings(List<String> more) {
      return new Loaded(config, Stream.concat(warnings.stream(), more.stream()).toList(), notices);
    }
  }

  /** There is no such file, or it cannot be read. */
  record NotFound(String reason) implements ConfigResult {
    @Override
    public List<String> warnings() {
      return List.of();
    }
  }

  /** It is not YAML; the reason has line and column. */
  record Malformed(String reason) implements ConfigResult {
    @Override
    public List<String> warnings() {
      return List.of();
    }
  }

  /**
   * It is YAML but not a valid configuration; these are all its problems.
   *
   * @param unusable files that it names and that are why: with another content it may be valid
   */
  record Invalid(List<Problem> problems, List<String> warnings, List<Path> unusable)
      implements ConfigResult {
    public Invalid {
      problems = List.copyOf(problems);
      warnings = List.copyOf(warnings);
      unusable = List.copyOf(unusable);
    }
  }
}
