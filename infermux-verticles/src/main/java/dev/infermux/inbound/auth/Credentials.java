package dev.infermux.inbound.auth;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/** Where the callers of one API present their key. */
@FunctionalInterface
public interface Credentials {

  /** In {@code Authorization: Bearer}. */
  Credentials BEARER = BearerToken::of;

  /**
   * In {@code x-api-key}, as Anthropic's clients have sent it for years, or {@code Authorization:
   * Bearer}; where both come along the first counts, as it does at Anthropic.
   */
  Credentials ANTHROPIC = first("x-api-key");

  /** In {@code api-key}, as Azure's clients send it, or {@code Authorization: Bearer}. */
  Credentials AZURE = first("api-key");

  private static Credentials first(String header) {
    return headers -> {
      String key = SingleHeader.of(headers, header);
      return key == null || key.isBlank() ? BearerToken.of(headers) : key.strip();
    };
  }

  /** What these headers present, or null. */
  @Nullable String presented(MultiMap headers);
}
