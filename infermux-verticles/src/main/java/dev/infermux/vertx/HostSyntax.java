package dev.infermux.vertx;

/** The value of a {@code Host} header: a name or an address, and perhaps a port (RFC 3986, 3.2). */
final class HostSyntax {

  private static final String IN_NAMES = "._~!$&'()*+,;=%-";
  private static final int LONGEST_PORT = 5;

  private HostSyntax() {}

  /** Whether it has the form {@code name}, {@code name:port}, {@code [v6]} or {@code [v6]:port}. */
  static boolean fits(String host) {
    int end = host.startsWith("[") ? address(host) : name(host);
    return end == host.length() || (end >= 0 && port(host, end));
  }

  private static int name(String host) {
    int i = 0;
    while (i < host.length()
        && (letterOrDigit(host.charAt(i)) || IN_NAMES.indexOf(host.charAt(i)) >= 0)) {
      i++;
    }
    return i;
  }

  /** The end of an address in brackets; -1 when it is none. */
  private static int address(String host) {
    int i = 1;
    while (i < host.length()
        && (hexadecimal(host.charAt(i)) || ":.".indexOf(host.charAt(i)) >= 0)) {
      i++;
    }
    return i > 1 && i < host.length() && host.charAt(i) == ']' ? i + 1 : -1;
  }

  private static boolean port(String host, int colon) {
    if (host.charAt(colon) != ':' || host.length() - colon - 1 > LONGEST_PORT) {
      return false;
    }
    for (int i = colon + 1; i < host.length(); i++) {
      if (host.charAt(i) < '0' || host.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean letterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean hexadecimal(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
