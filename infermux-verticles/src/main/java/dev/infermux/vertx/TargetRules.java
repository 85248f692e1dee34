package dev.infermux.vertx;

import org.jspecify.annotations.Nullable;

/** What the target of a request must keep to (RFC 9112, 3.2, and RFC 3986, 2.1). */
final class TargetRules {

  private TargetRules() {}

  /** What is wrong with it; null when nothing is. */
  static @Nullable String violation(String target, @Nullable String host) {
    for (int at = target.indexOf('%'); at >= 0; at = target.indexOf('%', at + 1)) {
      if (at + 2 >= target.length()
          || Character.digit(target.charAt(at + 1), 16) < 0
          || Character.digit(target.charAt(at + 2), 16) < 0) {
        return "request line: a broken escape (expected: two hexadecimal digits after each %)";
      }
    }
    int scheme = target.startsWith("/") ? -1 : target.indexOf("://");
    if (scheme < 0 || host == null) {
      return null;
    }
    int path = target.indexOf('/', scheme + 3);
    String authority = target.substring(scheme + 3, path < 0 ? target.length() : path);
    return authority.equalsIgnoreCase(host.strip())
        ? null
        : "Host: not that of the request line (expected: the same)";
  }
}
