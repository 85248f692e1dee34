package dev.infermux.inbound.http;

/** Paths as clients write them to paths as the routes are named. */
final class Paths {

  private Paths() {}

  /** Collapses repeated slashes and drops a trailing one; percent escapes stay as they are. */
  static String normal(String path) {
    String normal = path;
    while (normal.contains("//")) {
      normal = normal.replace("//", "/");
    }
    return normal.length() > 1 && normal.endsWith("/")
        ? normal.substring(0, normal.length() - 1)
        : normal;
  }
}
