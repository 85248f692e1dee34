package dev.infermux.inbound.auth;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Admits operators: with a token those who present it, without one those whom the place admits.
 * Safe on any thread.
 */
public final class ManagementAuthenticator {

  private static final String SET_A_TOKEN =
      "set INFERMUX_MANAGEMENT_TOKEN or management.token and send it as bearer token";

  private final String listenHost;
  private final boolean apart;
  private volatile InForce inForce;

  /**
   * What requests are held to.
   *
   * @param names of this server, in lower case
   */
  private record InForce(ManagementOptions options, List<String> names) {}

  /**
   * The one of a listener.
   *
   * @param listenHost where it listens
   * @param apart whether it is management's own: whoever reaches it may read
   */
  public ManagementAuthenticator(ManagementOptions options, String listenHost, boolean apart) {
    this.apart = apart;
    this.listenHost = listenHost;
    this.inForce = inForce(options);
  }

  /** Requests that come from here on are held to {@code next}. */
  public void replace(ManagementOptions next) {
    inForce = inForce(next);
  }

  /**
   * Admits a request that reads.
   *
   * @throws InferenceException when it must not
   */
  public void admitReading(HttpServerRequest request) {
    admit(Sender.of(request), apart);
  }

  /**
   * Admits a request for the page itself. With a token it is open to all, since its user has to see
   * where to enter that.
   *
   * @throws InferenceException when it must not
   */
  public void admitPage(HttpServerRequest request) {
    if (inForce.options().token() == null) {
      admitReading(request);
    }
  }

  /**
   * Admits a request that changes something, or reads what single callers have done.
   *
   * @throws InferenceException when it must not
   */
  public void admitChange(HttpServerRequest request) {
    admit(Sender.of(request), false);
  }

  /**
   * Admits a request.
   *
   * @param everyone whether senders on other machines are admitted without a token
   */
  void admit(Sender sender, boolean everyone) {
    InForce now = inForce;
    ManagementOptions options = now.options();
    Secret token = options.token();
    if (token != null) {
      check(token, sender.headers());
    } else if (!everyone && !options.open() && !sender.local()) {
      throw forbidden(
          "forbidden",
          "management: only from this machine and through no proxy, since there is no token"
              + " (expected: "
              + SET_A_TOKEN
              + (apart ? ")" : "; management_listen is open for reading)"));
    } else if (!sender.addresses(now.names())) {
      throw forbidden(
          "forbidden_host",
          "Host: not known to be a name of this server (expected: an IP address, localhost, or one"
              + " of management.hosts; or "
              + SET_A_TOKEN
              + ")");
    }
  }

  private InForce inForce(ManagementOptions options) {
    return new InForce(
        options,
        Stream.concat(options.hosts().stream(), Stream.of(listenHost))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .toList());
  }

  private static void check(Secret token, MultiMap headers) {
    @Nullable String presented = BearerToken.of(headers);
    if (presented == null || !token.matches(presented)) {
      throw new InferenceException(
          new Failure.InvalidApiKey(
              "Authorization: "
                  + (presented == null ? BearerToken.found(headers) : "not the management token")
                  + " (expected: Bearer and the value of INFERMUX_MANAGEMENT_TOKEN, or of"
                  + " management.token)"));
    }
  }

  private static InferenceException forbidden(String code, String message) {
    return new InferenceException(new Failure.Unservable(code, 403, message));
  }
}
