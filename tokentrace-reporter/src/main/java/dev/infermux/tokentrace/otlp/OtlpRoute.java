package dev.infermux.tokentrace.otlp;

import io.opentelemetry.sdk.common.export.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The way to a collector, as OpenTelemetry's exporters take it. They know no proxy for gRPC, and no
 * credentials of one.
 *
 * @param trust null = whom the JVM trusts
 * @param proxy null = none
 */
public record OtlpRoute(
    @Nullable X509TrustManager trust, io.vertx.core.net.@Nullable ProxyOptions proxy) {

  /** Why a proxy cannot be used as it is; empty when it can, or there is none. */
  String obstacle(boolean grpc) {
    if (proxy == null) {
      return "";
    }
    String address = proxy.getHost() + ":" + proxy.getPort();
    if (grpc) {
      return "the proxy "
          + address
          + " is not used: OTLP over gRPC knows none (http/protobuf does)";
    }
    return proxy.getUsername() == null
        ? ""
        : "the credentials of the proxy " + address + " are not used: OTLP's exporter sends none";
  }

  void trust(BiConsumer<SSLContext, X509TrustManager> exporter) {
    X509TrustManager trusted = trust;
    if (trusted == null) {
      return;
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trusted}, null);
      exporter.accept(context, trusted);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM has no TLS", e);
    }
  }

  void proxy(Consumer<ProxyOptions> exporter) {
    if (proxy != null) {
      boolean http = proxy.getType() == ProxyType.HTTP;
      var address = InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort());
      exporter.accept(
          ProxyOptions.create(
              new One(new Proxy(http ? Proxy.Type.HTTP : Proxy.Type.SOCKS, address))));
    }
  }

  /** The same proxy for everyone. */
  private static final class One extends ProxySelector {

    private final Proxy proxy;

    One(Proxy proxy) {
      this.proxy = proxy;
    }

    @Override
    public List<Proxy> select(URI uri) {
      return List.of(proxy);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException cause) {
      // The exporter tells of it.
    }
  }
}
