package dev.infermux.tokentrace;

import java.net.URI;
import java.net.URISyntaxException;

/** The rules for the addresses of collectors. */
final class CollectorUrls {
  /** URLs of servers, and of files that lines are appended to. */
  static final String MIST = "http://… | https://… | file:///…";

  static final String HTTP = "http://… | https://…";

  private CollectorUrls() {}

  static URI parse(String key, String url, String expected) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw refused(key, url, expected);
    }
  }

  /** An HTTP server, or a file that envelopes are appended to. */
  static void checkMist(String key, URI url) {
    boolean file = "file".equals(url.getScheme()) && url.getAuthority() == null;
    if (!http(url) && !file) {
      throw refused(key, url, MIST);
    }
  }

  static void checkHttp(String key, URI url) {
    if (!http(url)) {
      throw refused(key, url, HTTP);
    }
  }

  private static boolean http(URI url) {
    boolean scheme = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    return scheme && url.getHost() != null;
  }

  private static IllegalArgumentException refused(String key, Object url, String expected) {
    return new IllegalArgumentException("%s: \"%s\" (expected: %s)".formatted(key, url, expected));
  }
}
