package dev.infermux.network;

import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Authorities that are trusted beside those of the JVM's trust store. */
public final class CaFile {

  private final List<X509Certificate> own;

  private CaFile(List<X509Certificate> own) {
    this.own = own;
  }

  /** Those of the JVM's trust store alone. */
  public static CaFile none() {
    return new CaFile(List.of());
  }

  /**
   * Reads certificates.
   *
   * @throws UnusableFile when there are none, or all of them are out of date
   */
  public static CaFile read(Path file) {
    List<X509Certificate> certificates = Pem.read(file).certificates();
    if (certificates.stream().allMatch(one -> Pem.outOfDate(one).isPresent())) {
      String why = Pem.outOfDate(certificates.get(0)).orElseThrow();
      throw UnusableFile.wrong(file, "has no certificate that is valid now: the first " + why);
    }
    return new CaFile(certificates);
  }

  /** For a client of Vert.x. */
  public TrustOptions trustOptions() {
    return TrustOptions.wrap(trustManager());
  }

  /** For other clients. */
  public X509TrustManager trustManager() {
    return manager(trusted());
  }

  /** All that are trusted, as one PEM text: for clients that take nothing else. */
  public byte[] pem() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
    try {
      for (X509Certificate certificate : trusted()) {
        String block =
            "-----BEGIN CERTIFICATE-----\n"
                + base64.encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        text.writeBytes(block.getBytes(StandardCharsets.US_ASCII));
      }
      return text.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read has no encoding", e);
    }
  }

  private List<X509Certificate> trusted() {
    List<X509Certificate> trusted = new ArrayList<>(own);
    trusted.addAll(Arrays.asList(manager(null).getAcceptedIssuers()));
    return trusted;
  }

  /**
   * @param trusted null = whom the JVM trusts
   */
  private static X509TrustManager manager(@Nullable List<X509Certificate> trusted) {
    try {
      KeyStore store = null;
      if (trusted != null) {
        store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (X509Certificate certificate : trusted) {
          store.setCertificateEntry("ca-" + store.size(), certificate);
        }
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          return x509;
        }
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JVM has no usable trust store: " + CauseText.of(e), e);
    }
    throw new IllegalStateException("the JVM has no trust manager for certificates");
  }
}
