package dev.infermux.tokentrace;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.TrustOptions;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How a collector is reached.
 *
 * @param trust whose certificates are accepted; null = those of the JVM
 * @param proxy null = directly
 */
public record ExportRoute(@Nullable X509TrustManager trust, @Nullable ProxyOptions proxy) {

  /** Without a proxy, and trusting whom the JVM trusts. */
  public static final ExportRoute DIRECT = new ExportRoute(null, null);

  /** Has a client of Vert.x go this way. */
  void applyTo(HttpClientOptions client) {
    if (trust != null && client.isSsl()) {
      client.setTrustOptions(TrustOptions.wrap(trust));
    }
    if (proxy != null) {
      client.setProxyOptions(new ProxyOptions(proxy));
    }
  }
}
