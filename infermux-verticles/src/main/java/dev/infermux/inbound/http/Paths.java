package dev.infermux.inbound.http;

/** Paths as clients write them to paths as the routes are named. */
final class Paths {

  private Paths() {}

  /**
   * Collapses repeated slashes, drops a trailing one and adds the {@code /v1} that a base URL
   * without it leaves out. Percent escapes stay as they are.
   */
  static String normal(String path) {
    String normal = path;
    while (normal.contains("//")) {
      normal = normal.replace("//", "/");
    }
    if (normal.length() > 1 && normal.endsWith("/")) {
      normal = normal.substring(0, normal.length() - 1);
    }
    return switch (normal) {
      case "/chat/completions", "/completions", "/embeddings", "/models" -> "/v1" + normal;
      default -> normal.startsWith("/models/") ? "/v1" + normal : normal;
    };
  }
}
