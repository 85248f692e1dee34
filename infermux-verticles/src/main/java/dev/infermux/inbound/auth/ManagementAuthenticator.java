package dev.infermux.inbound.auth;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Secret;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/** Admits operators: those who present the management token, or everyone without one. Immutable. */
public final class ManagementAuthenticator {

  private final @Nullable Secret token;

  /** Admits everyone when {@code token} is null. */
  public ManagementAuthenticator(@Nullable Secret token) {
    this.token = token;
  }

  /**
   * Admits a request by its headers.
   *
   * @throws InferenceException with {@link Failure.InvalidApiKey}
   */
  public void authenticate(MultiMap headers) {
    if (token == null) {
      return;
    }
    String presented = BearerToken.of(headers);
    if (presented == null || !token.matches(presented)) {
      throw new InferenceException(
          new Failure.InvalidApiKey(
              "Authorization: "
                  + (presented == null ? "missing" : "not the management token")
                  + " (expected: Bearer and the value of INFERMUX_MANAGEMENT_TOKEN)"));
    }
  }
}
