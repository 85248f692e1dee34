package dev.infermux.ledger;

import dev.infermux.network.LinkedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What kind of disk the journal lies on. */
public final class StateDirectory {

  private static final String SHARED =
      "when this node is killed and its files are gone, all that it was authorised to spend stays"
          + " counted for the rest of the month, until: infermux nodes settle; and the costs that"
          + " it had not told yet are in no report";
  private static final String ALONE =
      "when its files are gone, what was spent this month is forgotten, and every budget begins"
          + " at zero again";

  private StateDirectory() {}

  /**
   * What is to be said of a state file whose directory does not survive its container or machine;
   * empty where it does as far as can be told, and where there is no such directory. Blocks.
   *
   * @param shared whether several nodes share the budgets
   */
  public static Optional<String> warning(Path stateFile, boolean shared) {
    try {
      Path directory = LinkedFile.of(stateFile).toAbsolutePath().getParent();
      return directory == null || !Files.isDirectory(directory)
          ? Optional.empty()
          : warning(directory, Files.getFileStore(directory).type(), shared);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<String> warning(Path directory, String type, boolean shared) {
    String cost = (shared ? SHARED : ALONE) + " (expected: a volume of its own)";
    return kind(type.toLowerCase(Locale.ROOT))
        .map(kind -> directory + " is " + kind + " (" + type + "): " + cost);
  }

  private static Optional<String> kind(String type) {
    if (type.equals("tmpfs") || type.equals("ramfs")) {
      return Optional.of("a memory disk");
    }
    return type.contains("overlay") || type.equals("aufs")
        ? Optional.of("the container's own layer, which goes with it")
        : Optional.empty();
  }
}
