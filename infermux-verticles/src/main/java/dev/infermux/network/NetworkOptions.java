package dev.infermux.network;

import io.vertx.core.net.ClientOptionsBase;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How one peer is reached.
 *
 * @param caFile certificates, PEM, that are trusted beside the system's; null = none
 * @param proxy null = reached directly
 * @param contents tells one version of {@code caFile} from another; empty = not looked at
 */
public record NetworkOptions(@Nullable Path caFile, @Nullable ProxyServer proxy, String contents) {

  private static final NetworkOptions DEFAULTS = new NetworkOptions(null, null, "");

  /** Whom the system trusts, without a proxy. */
  public static NetworkOptions defaults() {
    return DEFAULTS;
  }

  public NetworkOptions withCaFile(@Nullable Path caFile) {
    return new NetworkOptions(caFile, proxy, "");
  }

  /** The same with what tells its certificates from another version of them. */
  public NetworkOptions withContents(String contents) {
    return new NetworkOptions(caFile, proxy, contents);
  }

  public NetworkOptions withProxy(@Nullable ProxyServer proxy) {
    return new NetworkOptions(caFile, proxy, contents);
  }

  /**
   * Has a client of Vert.x reach its peer in this way; one without TLS trusts nobody, and reads no
   * certificates.
   *
   * @throws UnusableFile when the certificates cannot be read
   */
  public void applyTo(ClientOptionsBase client) {
    if (caFile != null && client.isSsl()) {
      client.setTrustOptions(CaFile.read(caFile).trustOptions());
    }
    if (proxy != null) {
      client.setProxyOptions(proxy.options());
    }
  }
}
