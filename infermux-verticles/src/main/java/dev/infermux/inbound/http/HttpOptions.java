package dev.infermux.inbound.http;

import dev.infermux.inbound.ConnectionOptions;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.auth.AuthOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP listener.
 *
 * @param tls null = plain HTTP
 * @param connections of callers; those of the management API are held to them too
 * @param corsOrigins pages whose scripts may call; {@code *} = all
 */
public record HttpOptions(
    ListenAddress listen,
    @Nullable TlsOptions tls,
    AuthOptions auth,
    LimitsOptions limits,
    ConnectionOptions connections,
    List<String> corsOrigins) {
  private static final HttpOptions DEFAULTS =
      new HttpOptions(
          ListenAddress.everywhere(8080),
          null,
          AuthOptions.defaults(),
          LimitsOptions.defaults(),
          ConnectionOptions.defaults(),
          List.of());

  public HttpOptions {
    corsOrigins = List.copyOf(corsOrigins);
  }

  public static HttpOptions defaults() {
    return DEFAULTS;
  }

  public HttpOptions withListen(ListenAddress listen) {
    return new HttpOptions(listen, tls, auth, limits, connections, corsOrigins);
  }

  public HttpOptions withTls(@Nullable TlsOptions tls) {
    return new HttpOptions(listen, tls, auth, limits, connections, corsOrigins);
  }

  public HttpOptions withAuth(AuthOptions auth) {
    return new HttpOptions(listen, tls, auth, limits, connections, corsOrigins);
  }

  public HttpOptions withLimits(LimitsOptions limits) {
    return new HttpOptions(listen, tls, auth, limits, connections, corsOrigins);
  }

  public HttpOptions withConnections(ConnectionOptions connections) {
    return new HttpOptions(listen, tls, auth, limits, connections, corsOrigins);
  }

  public HttpOptions withCorsOrigins(List<String> corsOrigins) {
    return new HttpOptions(listen, tls, auth, limits, connections, corsOrigins);
  }
}
