package dev.infermux.policy.pricing;

import java.util.Locale;
import java.util.regex.Pattern;

/** Says of a host, without asking a name server, whether it is the operator's own. */
final class OwnAddress {

  private static final Pattern PRIVATE_IPV4 =
      Pattern.compile(
          "(?:127|10)\\.[\\d.]+|192\\.168\\.[\\d.]+|169\\.254\\.[\\d.]+"
              + "|172\\.(?:1[6-9]|2\\d|3[01])\\.[\\d.]+|0\\.0\\.0\\.0");

  /** Loopback, unique local and link-local addresses. */
  private static final Pattern PRIVATE_IPV6 =
      Pattern.compile("\\[?(?:::1|f[cd][0-9a-f]{2}:[0-9a-f:]*|fe[89ab][0-9a-f]:[0-9a-f:]*)]?");

  private OwnAddress() {}

  /** Loopback and private addresses, names without a dot, and names that no public server has. */
  static boolean is(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    boolean name = lower.indexOf(':') < 0;
    return (name && lower.indexOf('.') < 0)
        || PRIVATE_IPV4.matcher(lower).matches()
        || PRIVATE_IPV6.matcher(lower).matches()
        || lower.endsWith(".localhost")
        || lower.endsWith(".local")
        || lower.endsWith(".internal");
  }
}
