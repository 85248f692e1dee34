package dev.infermux.inbound.auth;

import dev.infermux.inference.Attribution;
import dev.infermux.inference.ErrorCode;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Secret;
import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Authenticates callers: checks the key and reads the attribution. Safe on any thread. */
public final class Authenticator {

  private final IssuedKeys issued;
  private volatile AuthOptions options;
  private volatile SignatureVerifier signatures;

  public Authenticator(AuthOptions first) {
    this(first, IssuedKeys.NONE);
  }

  /**
   * @param issued further keys, which are good in every mode and never passed on
   */
  public Authenticator(AuthOptions first, IssuedKeys issued) {
    this.issued = issued;
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
      Caller own = token == null ? null : issued.admit(token);
      if (own != null) {
        return own;
      }
      return new Caller(AttributionHeaders.read(headers), token == null ? null : Secret.of(token));
    }
    if (token == null) {
      throw refused(
          "Authorization: "
              + BearerToken.found(headers)
              + " (expected: Bearer and a configured key)");
    }
    for (CallerKey bound : auth.keys()) {
      if (bound.key().matches(token)) {
        return new Caller(attributionOf(bound), null);
      }
    }
    if (auth.key() != null && auth.key().matches(token)) {
      return new Caller(AttributionHeaders.read(headers), null);
    }
    Caller own = issued.admit(token);
    if (own != null) {
      return own;
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
   * @param models that it may ask for, each by name or with {@code *} at its end; none = all
   */
  public record Caller(Attribution attribution, @Nullable Secret credential, List<String> models) {

    public Caller {
      models = List.copyOf(models);
    }

    public Caller(Attribution attribution, @Nullable Secret credential) {
      this(attribution, credential, List.of());
    }

    /**
     * Lets a request for this model pass.
     *
     * @throws InferenceException with {@code model_not_allowed}
     */
    public void admit(String model) {
      if (!mayAskFor(model)) {
        throw new InferenceException(
            new Failure.Unservable(
                ErrorCode.MODEL_NOT_ALLOWED.wireName(),
                ErrorCode.MODEL_NOT_ALLOWED.status(),
                "model: \""
                    + model
                    + "\" is not allowed with this key (expected: "
                    + String.join(" | ", models)
                    + ")"));
      }
    }

    /** Whether {@link #admit} lets a request for this model pass. */
    public boolean mayAskFor(String model) {
      return models.isEmpty() || models.stream().anyMatch(allowed -> covers(allowed, model));
    }

    private static boolean covers(String allowed, String model) {
      return allowed.endsWith("*")
          ? model.startsWith(allowed.substring(0, allowed.length() - 1))
          : allowed.equals(model);
    }
  }

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
