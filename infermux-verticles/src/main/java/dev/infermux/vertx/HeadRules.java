package dev.infermux.vertx;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request's head must keep to beyond what Netty asks for (RFC 9110 and 9112). */
final class HeadRules {

  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=%-]*|\\[[0-9A-Fa-f:.]+])(?::[0-9]{0,5})?");

  private HeadRules() {}

  /** What is wrong with a head; null when nothing is. */
  static @Nullable BadHead violation(HttpRequest request, LineScan lines) {
    HttpVersion version = request.protocolVersion();
    if (version.majorVersion() != 1) {
      return new BadHead(505, "request line: " + version + " (expected: HTTP/1.1)");
    }
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    if (hosts.size() > 1 || (hosts.isEmpty() && version.minorVersion() > 0)) {
      return new BadHead(400, "Host: " + hosts.size() + " times (expected: once)");
    }
    if (!hosts.isEmpty() && !HOST.matcher(hosts.get(0).strip()).matches()) {
      return new BadHead(400, "Host: malformed (expected: a name or an address, and a port)");
    }
    if (request.headers().getAll(HttpHeaderNames.AUTHORIZATION).size() > 1) {
      return new BadHead(400, "Authorization: more than once (expected: once)");
    }
    if (lines.folded()) {
      return new BadHead(400, "headers: one goes on in a second line (expected: a line each)");
    }
    if (lines.bare()) {
      return new BadHead(400, "head: a line without its CR (expected: CR LF after each)");
    }
    for (Map.Entry<String, String> header : request.headers()) {
      if (header.getKey().isEmpty()) {
        return new BadHead(400, "headers: an empty name (expected: a name before each colon)");
      }
    }
    return null;
  }
}
