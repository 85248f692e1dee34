package dev.infermux.vertx;

import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;

/** Where the signatures and certificates of TLS are computed. */
public final class TlsHandshakes {

  private TlsHandshakes() {}

  /**
   * On Vert.x's internal workers: a handshake takes an event loop from its callers for as long as
   * many calls do.
   */
  public static SSLEngineOptions onWorkers() {
    return new JdkSSLEngineOptions().setUseWorkerThread(true);
  }
}
