package dev.infermux.resilience;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How large a run is: short with every build, and as docs/resilience.md says with {@code
 * -Dresilience=full}. What was measured is written to {@code target/resilience}.
 */
final class Scale {

  static final boolean FULL = "full".equals(System.getProperty("resilience"));

  private Scale() {}

  static int of(int little, int full) {
    return FULL ? full : little;
  }

  static void report(String name, String markdown) {
    Path file = Path.of("target", "resilience", name + ".md");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, markdown);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
