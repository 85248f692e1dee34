package dev.infermux.vertx;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** What the target of a request must keep to (RFC 9112, 3.2, and RFC 3986, 2.1). */
final class TargetRules {

  private static final String SCHEME_END = "://";

  private TargetRules() {}

  /** What is wrong with it; null when nothing is. */
  static @Nullable String violation(String target) {
    for (int at = target.indexOf('%'); at >= 0; at = target.indexOf('%', at + 1)) {
      if (at + 2 >= target.length()
          || Character.digit(target.charAt(at + 1), 16) < 0
          || Character.digit(target.charAt(at + 2), 16) < 0) {
        return "request line: a broken escape (expected: two hexadecimal digits after each %)";
      }
    }
    int authority = authority(target);
    if (authority < 0) {
      return null;
    }
    String host = target.substring(authority, path(target, authority));
    return !host.isEmpty() && HostSyntax.fits(host)
        ? null
        : "request line: malformed host (expected: a name or an address, and a port)";
  }

  /**
   * Makes an absolute target one that begins with its path, and its host that of the request: the
   * {@code Host} that came with it counts for nothing (RFC 9112, 3.2.2).
   */
  static void relate(HttpRequest request) {
    String target = request.uri();
    int authority = authority(target);
    if (authority >= 0) {
      int path = path(target, authority);
      request.headers().set(HttpHeaderNames.HOST, target.substring(authority, path));
      String rest = target.substring(path);
      request.setUri(rest.startsWith("/") ? rest : "/" + rest);
    }
  }

  /** Where it begins; -1 when the target is not an absolute one. */
  private static int authority(String target) {
    int scheme = target.startsWith("/") ? -1 : target.indexOf(SCHEME_END);
    return scheme < 0 ? -1 : scheme + SCHEME_END.length();
  }

  private static int path(String target, int authority) {
    int at = authority;
    while (at < target.length() && "/?#".indexOf(target.charAt(at)) < 0) {
      at++;
    }
    return at;
  }
}
