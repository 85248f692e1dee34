package dev.infermux.network;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** A server's certificate and the key that belongs to it. */
public final class CertifiedKey {

  private CertifiedKey() {}

  /**
   * Checks a certificate by itself.
   *
   * @throws UnusableFile when it cannot be used now
   */
  public static void checkCertificate(Path file) {
    X509Certificate certificate = Pem.read(file).certificates().get(0);
    Optional<String> outOfDate = Pem.outOfDate(certificate);
    if (outOfDate.isPresent()) {
      throw UnusableFile.wrong(file, "has a certificate that " + outOfDate.get());
    }
  }

  /**
   * Checks a key by itself.
   *
   * @throws UnusableFile when it cannot be used
   */
  public static void checkKey(Path file) {
    PemKey.read(file);
  }

  /**
   * Checks that two files that can be used belong together.
   *
   * @throws UnusableFile when they do not
   */
  public static void checkPair(Path certificate, Path key) {
    PrivateKey own = PemKey.read(key);
    List<X509Certificate> chain = Pem.read(certificate).certificates();
    if (!matches(own, chain.get(0))) {
      boolean later = chain.stream().anyMatch(one -> matches(own, one));
      throw UnusableFile.wrong(
          key,
          "is not the key of the first certificate in "
              + certificate
              + (later ? ", but of a later one: the server's own stands first" : ""));
    }
  }

  private static boolean matches(PrivateKey key, X509Certificate certificate) {
    String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    byte[] probe = new byte[32];
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(probe);
      byte[] signed = signing.sign();
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(certificate.getPublicKey());
      verifying.update(probe);
      return verifying.verify(signed);
    } catch (GeneralSecurityException otherKind) {
      return false;
    }
  }
}
