package dev.infermux.testing;

import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Key pairs: of an authority that nobody knows, and of none, made with the JDK's own tool. */
public final class TestTls {

  private static final String PASSWORD = "changeit";

  private TestTls() {}

  /** One of the certificates and keys that {@code tls/README.md} of the resources describes. */
  public static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(TestTls.class.getResource("/tls/" + name), name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Trusts the authority of these pairs. */
  public static SSLContext trusting() {
    try (InputStream ca = Files.newInputStream(file("ca.pem"))) {
      KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
      known.load(null, null);
      known.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(ca));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(known);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Server options with one of these pairs, such as {@code server}. */
  public static NetServerOptions with(String pair) {
    return new NetServerOptions().setSsl(true).setKeyCertOptions(keys(pair));
  }

  /** One of these pairs. */
  public static PemKeyCertOptions keys(String pair) {
    return new PemKeyCertOptions()
        .setCertPath(file(pair + ".pem").toString())
        .setKeyPath(file(pair + ".key").toString());
  }

  /** Server options with a fresh self-signed certificate for {@code localhost}. */
  public static NetServerOptions selfSigned(Path directory) throws IOException {
    Path store = directory.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    try {
      if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        throw new AssertionError("keytool: " + new String(keytool.getInputStream().readAllBytes()));
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return new NetServerOptions()
        .setSsl(true)
        .setKeyCertOptions(new PfxOptions().setPath(store.toString()).setPassword(PASSWORD));
  }
}
