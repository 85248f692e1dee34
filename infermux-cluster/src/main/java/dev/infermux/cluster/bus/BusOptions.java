package dev.infermux.cluster.bus;

import dev.infermux.nodes.ClusterOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;

/** How the event bus of a node listens. */
final class BusOptions {

  private BusOptions() {}

  /**
   * Whoever shows a certificate of the cluster's authority is a node, and nobody else; names in
   * certificates do not count, since pods come and go.
   */
  static EventBusOptions of(ClusterOptions options, InetAddress host) {
    EventBusOptions bus = new EventBusOptions();
    bus.setHost(host.getHostAddress())
        .setPort(options.busPort())
        .setClusterPingInterval(options.heartbeat().toMillis())
        .setClusterPingReplyInterval(options.failureAfter().toMillis());
    ClusterOptions.Tls tls = options.tls();
    if (tls != null) {
      bus.setSsl(true)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .addCertPath(tls.certFile().toString())
                  .addKeyPath(tls.keyFile().toString()))
          .setTrustOptions(new PemTrustOptions().addCertPath(tls.caFile().toString()))
          .setClientAuth(ClientAuth.REQUIRED);
    }
    return bus;
  }
}
