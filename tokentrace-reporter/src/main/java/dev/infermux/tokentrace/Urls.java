package dev.infermux.tokentrace;

import java.net.URI;

/** The one rule for the addresses of collectors. */
final class Urls {
  private Urls() {}

  static void check(String key, URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      throw new IllegalArgumentException(
          "%s: \"%s\" (expected: an http:// or https:// URL)".formatted(key, url));
    }
  }
}
