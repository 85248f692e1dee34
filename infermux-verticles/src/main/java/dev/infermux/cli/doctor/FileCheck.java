package dev.infermux.cli.doctor;

import dev.infermux.config.Config;
import dev.infermux.ledger.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Files that the gateway reads and writes: whether it may, and whether others may too. */
final class FileCheck {

  private static final String STATE = "budgets.state_file";
  private static final long LITTLE_SPACE = 100L * 1024 * 1024;

  /** A secret that is written out, in contrast to one that a variable holds. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?m)(?:^|[\\s{,])(?:api_key|key|token|secret)\\s*:\\s*[\"']?[^\\s$\"'#{}]{8}");

  private FileCheck() {}

  static List<Finding> findings(Optional<Path> file, Config config) {
    List<Finding> found = new ArrayList<>();
    file.ifPresent(path -> found.add(configuration(path)));
    Path state = config.budgets().stateFile();
    if (state != null) {
      found.add(state(state));
      StateDirectory.warning(state, config.budgets().shared() != null)
          .ifPresent(text -> found.add(Finding.warn(STATE, text)));
    }
    return found;
  }

  private static Finding configuration(Path file) {
    String check = "file " + file;
    try {
      if (Files.getFileStore(file).supportsFileAttributeView("posix")
          && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
          && SECRET.matcher(Files.readString(file)).find()) {
        return Finding.warn(
            check,
            "holds a secret in clear, and everybody on this machine may read it (chmod 640, or"
                + " write ${VARIABLE} in its place)");
      }
      return Finding.ok(check, "can be read");
    } catch (IOException e) {
      return Finding.fail(check, "cannot be read: " + e.getMessage());
    }
  }

  /** The journal lies beside the file, in its directory. */
  private static Finding state(Path file) {
    Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    if (!Files.isDirectory(directory)) {
      return Finding.warn(STATE, directory + " does not exist; the gateway tries to make it");
    }
    if (!Files.isWritable(directory)) {
      return Finding.fail(
          STATE, directory + " cannot be written by this user (chown it, or choose another one)");
    }
    try {
      long free = Files.getFileStore(directory).getUsableSpace();
      return free < LITTLE_SPACE
          ? Finding.warn(STATE, directory + " has less than 100 MiB left")
          : Finding.ok(STATE, directory + " can be written");
    } catch (IOException e) {
      return Finding.fail(STATE, directory + " cannot be looked at: " + e.getMessage());
    }
  }
}
