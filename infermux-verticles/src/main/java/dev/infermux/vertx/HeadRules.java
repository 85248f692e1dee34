package dev.infermux.vertx;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request's head must keep to beyond what Netty asks for (RFC 9110 and 9112). */
final class HeadRules {

  private HeadRules() {}

  /** What is wrong with a head; null when nothing is. */
  static @Nullable BadHead violation(HttpRequest request, LineScan lines) {
    HttpVersion version = request.protocolVersion();
    if (version.majorVersion() != 1) {
      return new BadHead(505, "request line: " + version + " (expected: HTTP/1.1)");
    }
    Counted counted = Counted.of(request.headers());
    if (counted.hosts > 1 || (counted.hosts == 0 && version.minorVersion() > 0)) {
      return new BadHead(400, "Host: " + counted.hosts + " times (expected: once)");
    }
    if (counted.host != null && !HostSyntax.fits(counted.host.strip())) {
      return new BadHead(400, "Host: malformed (expected: a name or an address, and a port)");
    }
    String target = TargetRules.violation(request.uri());
    if (target != null) {
      return new BadHead(400, target);
    }
    if (counted.coded) {
      return new BadHead(501, "Transfer-Encoding: not known (expected: chunked)");
    }
    if (counted.authorizations > 1) {
      return new BadHead(400, "Authorization: more than once (expected: once)");
    }
    if (lines.folded()) {
      return new BadHead(400, "headers: one goes on in a second line (expected: a line each)");
    }
    if (lines.bare()) {
      return new BadHead(400, "head: a line without its CR (expected: CR LF after each)");
    }
    if (counted.nameless) {
      return new BadHead(400, "headers: an empty name (expected: a name before each colon)");
    }
    return null;
  }

  /** What one look at all headers tells. */
  private static final class Counted {
    private int hosts;
    private @Nullable String host;
    private int authorizations;
    private boolean nameless;
    private boolean coded;

    static Counted of(HttpHeaders headers) {
      Counted counted = new Counted();
      Iterator<Map.Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
      while (each.hasNext()) {
        Map.Entry<CharSequence, CharSequence> header = each.next();
        counted.add(header.getKey(), header.getValue());
      }
      return counted;
    }

    private void add(CharSequence name, CharSequence value) {
      if (name.length() == 4 && AsciiString.contentEqualsIgnoreCase(name, "host")) {
        host = value.toString();
        hosts++;
      } else if (name.length() == 13
          && AsciiString.contentEqualsIgnoreCase(name, "authorization")) {
        authorizations++;
      } else if (name.length() == 17
          && AsciiString.contentEqualsIgnoreCase(name, "transfer-encoding")) {
        coded |= !value.toString().strip().equalsIgnoreCase("chunked");
      } else if (name.length() == 0) {
        nameless = true;
      }
    }
  }
}
