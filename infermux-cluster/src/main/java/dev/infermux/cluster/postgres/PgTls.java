package dev.infermux.cluster.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.network.CaFile;
import dev.infermux.network.Network;
import dev.infermux.network.NetworkOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.pgclient.SslMode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How a connection to the database is encrypted, and whom it trusts: as libpq's words mean it. */
final class PgTls {

  private static final String ROOT = "sslrootcert=";
  private static final URI SOME_DATABASE = URI.create("postgresql:///");

  private PgTls() {}

  /**
   * Reads certificates; blocks.
   *
   * @param url may name a file of authorities that are trusted beside the system's, as {@code
   *     sslrootcert}; without one a server is looked at only where {@code mode} says so
   * @throws IllegalArgumentException when such a file cannot be used
   */
  static ClientSSLOptions of(SslMode mode, String url) {
    Path rootCertificates = rootCertificates(url);
    ClientSSLOptions tls = new ClientSSLOptions().setHostnameVerificationAlgorithm("");
    boolean verified = mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL;
    if (!verified && rootCertificates == null) {
      return tls.setTrustAll(true);
    }
    if (mode == SslMode.VERIFY_FULL) {
      tls.setHostnameVerificationAlgorithm("HTTPS");
    }
    NetworkOptions own = NetworkOptions.defaults().withCaFile(rootCertificates);
    Path authorities = Network.ofThisProcess().reach(SOME_DATABASE, own).caFile();
    CaFile trusted = authorities == null ? CaFile.none() : CaFile.read(authorities);
    return tls.setTrustOptions(trusted.trustOptions());
  }

  /** The driver leaves this parameter out. */
  private static @Nullable Path rootCertificates(String url) {
    for (String parameter : url.substring(url.indexOf('?') + 1).split("&", -1)) {
      if (parameter.startsWith(ROOT)) {
        return Path.of(URLDecoder.decode(parameter.substring(ROOT.length()), UTF_8));
      }
    }
    return null;
  }
}
