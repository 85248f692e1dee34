package dev.infermux.inbound.http;

import dev.infermux.inbound.AttributionText;
import dev.infermux.inbound.BearerToken;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Secret;
import io.vertx.core.MultiMap;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Tells who calls: checks the key and reads the attribution. Immutable. */
final class Gate {

  private final AuthOptions auth;

  Gate(AuthOptions auth) {
    this.auth = auth;
  }

  /**
   * Lets a caller in.
   *
   * @throws InferenceException with {@link Failure.InvalidApiKey} or {@link Failure.InvalidRequest}
   */
  Caller admit(MultiMap headers) {
    String token = BearerToken.of(headers);
    if (auth.mode() == AuthMode.PASSTHROUGH) {
      return new Caller(attribution(headers), token == null ? null : Secret.of(token));
    }
    if (token == null) {
      throw refused("Authorization: missing (expected: Bearer and a configured key)");
    }
    for (CallerKey bound : auth.keys()) {
      if (bound.key().matches(token)) {
        return new Caller(attributionOf(bound), null);
      }
    }
    if (auth.key() != null && auth.key().matches(token)) {
      return new Caller(attribution(headers), null);
    }
    throw refused("Authorization: unknown key (expected: Bearer and a configured key)");
  }

  /**
   * A caller that was let in.
   *
   * @param credential what may be passed on to a provider without a key of its own, or null
   */
  record Caller(Attribution attribution, @Nullable Secret credential) {}

  private static Attribution attributionOf(CallerKey bound) {
    return new Attribution(
        bound.caller(),
        bound.project() == null ? "" : bound.project(),
        bound.env() == null ? "" : bound.env());
  }

  private static Attribution attribution(MultiMap headers) {
    String caller = headers.get(Names.CALLER);
    String project = headers.get(Names.PROJECT);
    String env = headers.get(Names.ENV);
    if (caller == null && project == null && env == null) {
      return Attribution.ANONYMOUS;
    }
    return AttributionText.of(text(caller), text(project), text(env), "X-Infermux-");
  }

  /** Header bytes arrive as Latin-1 characters; people write UTF-8 in them. */
  private static String text(@Nullable String header) {
    if (header == null) {
      return "";
    }
    byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InferenceException(
          new Failure.InvalidRequest(
              "X-Infermux-*: bytes that are not UTF-8 (expected: printable text)", null));
    }
  }

  private static InferenceException refused(String message) {
    return new InferenceException(new Failure.InvalidApiKey(message));
  }
}
