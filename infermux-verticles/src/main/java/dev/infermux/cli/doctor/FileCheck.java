package dev.infermux.cli.doctor;

import dev.infermux.config.Config;
import dev.infermux.keys.VirtualKeys;
import dev.infermux.ledger.StateDirectory;
import dev.infermux.network.CauseText;
import dev.infermux.network.LinkedFile;
import dev.infermux.tokentrace.TelemetryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Files that the gateway reads and writes: whether it may, and whether others may too. */
final class FileCheck {

  private static final String STATE = "budgets.state_file";
  private static final String KEYS = "auth.keys_file";
  private static final long LITTLE_SPACE = 100L * 1024 * 1024;

  /** A secret that is written out, in contrast to one that a variable holds. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?m)(?:^|[\\s{,])(?:api_key|key|token|secret)\\s*:\\s*[\"']?[^\\s$\"'#{}]{8}");

  private FileCheck() {}

  static List<Finding> findings(Optional<Path> file, Config config) {
    List<Finding> found = new ArrayList<>();
    file.ifPresent(path -> found.add(configuration(path)));
    Path keys = config.http().auth().keysFile();
    if (keys != null) {
      found.add(keys(keys));
    }
    Path state = config.budgets().stateFile();
    if (state != null) {
      found.add(written(STATE, state, Finding.Status.FAIL, "the gateway does not make it"));
      StateDirectory.warning(state, config.budgets().shared() != null)
          .ifPresent(text -> found.add(Finding.warn(STATE, text)));
    }
    TelemetryOptions.TokenTrace spans = config.telemetry().tokentrace();
    if (spans != null && "file".equals(spans.url().getScheme())) {
      found.add(appended("telemetry.tokentrace", Path.of(spans.url().getPath())));
    }
    return found;
  }

  /** A file that is made with its directories, and written on at its end. */
  private static Finding appended(String check, Path file) {
    Path there = file;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (there.equals(file) && Files.isDirectory(file)) {
      return Finding.fail(check, file + " is a directory (name a file in it)");
    }
    return Files.isWritable(there) && (there.equals(file) || Files.isDirectory(there))
        ? Finding.ok(check, file + " can be written")
        : Finding.fail(
            check, there + " cannot be written by this user (chown it, or choose another one)");
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
      return Finding.fail(check, "cannot be read: " + CauseText.of(e));
    }
  }

  private static Finding keys(Path file) {
    try {
      int kept = new VirtualKeys(file, new SecureRandom(), InstantSource.system()).ownCount();
      Finding written = written(KEYS, file, Finding.Status.WARN, "keys cannot be made");
      return kept == 0 || written.status() != Finding.Status.OK
          ? written
          : Finding.ok(KEYS, kept + " keys, and can be written");
    } catch (IllegalArgumentException unusable) {
      String text = String.valueOf(unusable.getMessage());
      return Finding.fail(KEYS, text.substring(text.indexOf(' ') + 1));
    }
  }

  /** A file that is replaced by one beside it, as that of a journal is. */
  private static Finding written(String check, Path named, Finding.Status missing, String without) {
    Path file = LinkedFile.of(named);
    if (Files.isDirectory(file)) {
      return Finding.fail(check, file + " is a directory (name a file in it)");
    }
    Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    if (!Files.isDirectory(directory)) {
      return new Finding(
          missing, check, directory + " does not exist; " + without + " (create it)");
    }
    if (!Files.isWritable(directory)) {
      return Finding.fail(
          check, directory + " cannot be written by this user (chown it, or choose another one)");
    }
    try {
      long free = Files.getFileStore(directory).getUsableSpace();
      return free < LITTLE_SPACE
          ? Finding.warn(check, directory + " has less than 100 MiB left")
          : Finding.ok(check, directory + " can be written");
    } catch (IOException e) {
      return Finding.fail(check, directory + " cannot be looked at: " + CauseText.of(e));
    }
  }
}
