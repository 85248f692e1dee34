package dev.infermux.config.block;

import dev.infermux.config.tree.Node;
import dev.infermux.network.CertifiedKey;
import dev.infermux.network.UnusableFile;
import java.nio.file.Path;
import java.util.List;
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
      report(value, List.of(file), () -> check.accept(file));
    }
    return file;
  }

  /** The same of a certificate and the key that belongs to it. */
  static void checkPair(Node certificate, Path certificateFile, Node key, Path keyFile) {
    boolean certified =
        report(
            certificate,
            List.of(certificateFile),
            () -> CertifiedKey.checkCertificate(certificateFile));
    boolean keyed = report(key, List.of(keyFile), () -> CertifiedKey.checkKey(keyFile));
    if (certified && keyed) {
      report(
          key,
          List.of(certificateFile, keyFile),
          () -> CertifiedKey.checkPair(certificateFile, keyFile));
    }
  }

  /** Reports what a check throws; whether it threw nothing. */
  private static boolean report(Node value, List<Path> files, Runnable check) {
    try {
      check.run();
      return true;
    } catch (UnusableFile unusable) {
      value.report().unusable(files);
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
