package dev.infermux.exporter;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Looks for the class of an exporter before it is deployed; runs none of its code. */
public final class ExporterProbe {

  private ExporterProbe() {}

  /**
   * Loads the class.
   *
   * @throws IllegalArgumentException saying why no verticle can be made of it
   */
  public static void check(ExporterOptions exporter) {
    try (ExporterClasses classes = ExporterClasses.open(exporter)) {
      classes.constructor();
    } catch (IOException unclosed) {
      throw new UncheckedIOException(unclosed);
    }
  }

  /**
   * Whether the class is on its class path; nothing of it is loaded. Reads the jars. True as well
   * where they cannot be read, of which the deployment tells.
   */
  public static boolean hasClass(ExporterOptions exporter) {
    String file = exporter.className().replace('.', '/') + ".class";
    try (ExporterClasses classes = ExporterClasses.open(exporter)) {
      return classes.loader().getResource(file) != null;
    } catch (IllegalArgumentException | IOException unread) {
      return true;
    }
  }
}
