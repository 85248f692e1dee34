package dev.infermux.config.block;

import dev.infermux.config.tree.Node;
import dev.infermux.network.UnusableFile;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Looks at the files that a configuration names. */
final class NamedFiles {

  private NamedFiles() {}

  /**
   * Reports what is the matter with a file that a value names, if the value is there at all.
   *
   * @param check throws {@link UnusableFile}
   */
  static Path check(Node value, Path file, Consumer<Path> check) {
    if (value.text().filter(text -> !text.isEmpty()).isPresent()) {
      report(value, () -> check.accept(file));
    }
    return file;
  }

  /** Reports what a check throws; whether it threw nothing. */
  static boolean report(Node value, Runnable check) {
    try {
      check.run();
      return true;
    } catch (UnusableFile unusable) {
      String message = String.valueOf(unusable.getMessage());
      if (unusable.isMissing()) {
        value.report().unready(value.path(), message, "a file that is there");
      } else {
        value.report().problem(value.path(), message, "a file that can be used");
      }
      return false;
    }
  }
}
