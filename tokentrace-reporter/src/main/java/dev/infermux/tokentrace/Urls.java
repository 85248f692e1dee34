package dev.infermux.tokentrace;

import java.net.URI;

/** The rules for the addresses of collectors. */
final class Urls {
  private Urls() {}

  /** An HTTP server, or a file that envelopes are appended to. */
  static void checkMist(String key, URI url) {
    boolean file = "file".equals(url.getScheme()) && url.getAuthority() == null;
    if (!http(url) && !file) {
      throw refused(key, url, "http://… | https://… | file:///…");
    }
  }

  static void checkHttp(String key, URI url) {
    if (!http(url)) {
      throw refused(key, url, "http://… | https://…");
    }
  }

  private static boolean http(URI url) {
    boolean scheme = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    return scheme && url.getHost() != null;
  }

  private static IllegalArgumentException refused(String key, URI url, String expected) {
    return new IllegalArgumentException("%s: \"%s\" (expected: %s)".formatted(key, url, expected));
  }
}
