package dev.infermux.provider.wire;

/** How InferMux introduces itself to providers. */
public final class UserAgent {

  /** {@code infermux/} and the version in the jar's manifest, {@code dev} outside a jar. */
  public static final String NAME = "infermux/" + version();

  private UserAgent() {}

  private static String version() {
    String version = UserAgent.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
