package dev.infermux.network;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/** Reads the private key of a PEM file, in the forms that servers of Vert.x take. */
final class PemKey {

  /** DER: version 0, then the algorithm rsaEncryption. */
  private static final byte[] RSA = {
    2, 1, 0, 0x30, 13, 6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 13, 1, 1, 1, 5, 0
  };

  /** DER: the object identifier id-ecPublicKey. */
  private static final byte[] EC = {6, 7, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 2, 1};

  private static final byte[] VERSION_0 = {2, 1, 0};
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 4;
  private static final int CURVE = 0xA0;

  private PemKey() {}

  /**
   * Reads it.
   *
   * @throws UnusableFile when there is none that can be used
   */
  static PrivateKey read(Path file) {
    for (Pem.Block block : Pem.read(file).blocks()) {
      switch (block.type()) {
        case "PRIVATE KEY" -> {
          return pkcs8(file, block.der());
        }
        case "RSA PRIVATE KEY" -> {
          return pkcs8(file, sequence(RSA, Der.of(OCTETS, block.der())));
        }
        case "EC PRIVATE KEY" -> {
          return pkcs8(file, ofCurve(file, block.der()));
        }
        case "ENCRYPTED PRIVATE KEY", "ENCRYPTED RSA PRIVATE KEY", "ENCRYPTED EC PRIVATE KEY" ->
            throw UnusableFile.wrong(
                file,
                "has an encrypted key; write it without a pass phrase: openssl pkey -in … -out …");
        default -> {}
      }
    }
    throw UnusableFile.wrong(file, "has no private key in it");
  }

  private static PrivateKey pkcs8(Path file, byte[] der) {
    for (String algorithm : List.of("RSA", "EC")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (GeneralSecurityException otherKind) {
        // The next one then.
      }
    }
    throw UnusableFile.wrong(file, "has a private key that is neither RSA nor EC, or is damaged");
  }

  /** SEC 1 to PKCS 8: the curve stands in both, at other places. */
  private static byte[] ofCurve(Path file, byte[] sec1) {
    return Der.child(sec1, CURVE)
        .map(curve -> Der.of(SEQUENCE, concatenated(EC, curve)))
        .map(algorithm -> sequence(concatenated(VERSION_0, algorithm), Der.of(OCTETS, sec1)))
        .orElseThrow(() -> UnusableFile.wrong(file, "has an EC key that does not say its curve"));
  }

  private static byte[] sequence(byte[] first, byte[] second) {
    return Der.of(SEQUENCE, concatenated(first, second));
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
