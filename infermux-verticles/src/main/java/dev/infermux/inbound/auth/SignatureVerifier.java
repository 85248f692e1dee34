package dev.infermux.inbound.auth;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Secret;
import dev.infermux.mist.transport.MistSignature;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/** Refuses bodies that are not signed with the shared secret, where there is one. */
final class SignatureVerifier {

  private static final String CHALLENGE = MistSignature.HEADER + " realm=\"infermux\"";

  private final @Nullable MistSignature signature;

  /** Checks nothing when {@code secret} is null. */
  SignatureVerifier(@Nullable Secret secret) {
    this.signature = secret == null ? null : new MistSignature(secret.reveal());
  }

  /**
   * Lets a body through.
   *
   * @throws InferenceException with {@link Failure.InvalidApiKey}
   */
  void check(MultiMap headers, byte[] body) {
    String given = headers.get(MistSignature.HEADER);
    if (signature != null && !signature.verify(body, given)) {
      throw new InferenceException(
          new Failure.InvalidApiKey(
              MistSignature.HEADER
                  + (given == null ? ": missing" : ": does not verify")
                  + " (expected: sha256= and the HMAC-SHA-256 of the body)",
              CHALLENGE));
    }
  }
}
