package dev.infermux.mock;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Takes credentials out of headers. */
final class CredentialMasking {

  private static final String MASK = "****";
  private static final Set<String> SECRET =
      Set.of(
          "authorization",
          "proxy-authorization",
          "x-api-key",
          "api-key",
          "x-goog-api-key",
          "cookie",
          "x-mist-signature");

  private CredentialMasking() {}

  /** The scheme of a credential stays: whether it was a bearer token is worth knowing. */
  static Map<String, String> masked(Map<String, String> headers) {
    Map<String, String> masked = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> {
          String plain = name.toLowerCase(Locale.ROOT);
          masked.put(plain, SECRET.contains(plain) ? mask(value) : value);
        });
    return masked;
  }

  private static String mask(String value) {
    int blank = value.indexOf(' ');
    return blank < 0 ? MASK : value.substring(0, blank + 1) + MASK;
  }
}
