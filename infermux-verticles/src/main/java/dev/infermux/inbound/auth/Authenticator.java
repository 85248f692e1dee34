package dev.infermux.inbound.auth;

import dev.infermux.inference.Attribution;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Secret;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/** Authenticates callers: checks the key and reads the attribution. Safe on any thread. */
public final class Authenticator {

  private volatile AuthOptions options;
  private volatile SignatureVerifier signatures;

  public Authenticator(AuthOptions first) {
    this.options = first;
    this.signatures = new SignatureVerifier(first.mistSecret());
  }

  /** Requests that come from here on are held to {@code next}. */
  public void replace(AuthOptions next) {
    options = next;
    signatures = new SignatureVerifier(next.mistSecret());
  }

  /**
   * Lets a caller in.
   *
   * @param credentials where the API that was called takes a key from
   * @throws InferenceException with {@link Failure.InvalidApiKey} or {@link Failure.InvalidRequest}
   */
  public Caller authenticate(MultiMap headers, Credentials credentials) {
    AuthOptions auth = options;
    String token = credentials.presented(headers);
    if (auth.mode() == AuthMode.PASSTHROUGH) {
      return new Caller(AttributionHeaders.read(headers), token == null ? null : Secret.of(token));
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
      return new Caller(AttributionHeaders.read(headers), null);
    }
    throw refused("Authorization: unknown key (expected: Bearer and a configured key)");
  }

  /**
   * Lets a body through that is signed with the shared secret, where there is one.
   *
   * @throws InferenceException with {@link Failure.InvalidApiKey}
   */
  public void checkSignature(MultiMap headers, byte[] body) {
    signatures.check(headers, body);
  }

  /**
   * A caller that was let in.
   *
   * @param credential what may be passed on to a provider without a key of its own, or null
   */
  public record Caller(Attribution attribution, @Nullable Secret credential) {}

  private static Attribution attributionOf(CallerKey bound) {
    return new Attribution(
        bound.caller(),
        bound.project() == null ? "" : bound.project(),
        bound.env() == null ? "" : bound.env());
  }

  private static InferenceException refused(String message) {
    return new InferenceException(new Failure.InvalidApiKey(message));
  }
}
