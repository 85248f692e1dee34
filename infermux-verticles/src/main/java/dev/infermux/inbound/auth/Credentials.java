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
  Credentials ANTHROPIC =
      headers -> {
        String key = key(headers, "x-api-key");
        return key == null ? BearerToken.of(headers) : key;
      };

  /**
   * In {@code Authorization: Bearer}, as OpenAI's clients send it, or {@code api-key}, as those of
   * Azure do that speak the same API; where both come along the first counts.
   */
  Credentials OPENAI =
      headers -> {
        String token = BearerToken.of(headers);
        return token == null ? key(headers, "api-key") : token;
      };

  private static @Nullable String key(MultiMap headers, String header) {
    String key = SingleHeader.of(headers, header);
    return key == null || key.isBlank() ? null : key.strip();
  }

  /** What these headers present, or null. */
  @Nullable String presented(MultiMap headers);
}
