package dev.infermux.provider.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** How InferMux introduces itself to providers. */
final class UserAgent {

  /** {@code infermux/} and the version of this build. */
  public static final String NAME = "infermux/" + version();

  private UserAgent() {}

  private static String version() {
    try (InputStream in = UserAgent.class.getResourceAsStream("/dev/infermux/version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("the jar lacks its version", e);
    }
  }
}
