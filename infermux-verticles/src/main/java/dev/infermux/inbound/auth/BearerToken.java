package dev.infermux.inbound.auth;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Reads {@code Authorization: Bearer …}; the scheme's case does not matter (RFC 9110, 11.1). */
final class BearerToken {

  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  /** What stands where a bearer token should, of headers without one. */
  static String found(MultiMap headers) {
    String header = headers.get(HttpHeaders.AUTHORIZATION);
    return header == null || header.isBlank() ? "missing" : "no bearer token";
  }

  /** What was presented, or null. */
  static @Nullable String of(MultiMap headers) {
    String header = SingleHeader.of(headers, HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    String token = header.substring(SCHEME.length()).strip();
    return token.isEmpty() ? null : token;
  }
}
