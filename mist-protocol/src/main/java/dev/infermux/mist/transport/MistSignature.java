package dev.infermux.mist.transport;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs and verifies the body of a {@code POST …/mist} with a shared secret: HMAC-SHA-256, in hex,
 * after {@code sha256=}. Safe on any thread.
 */
public final class MistSignature {

  /** The request header that carries the signature. */
  public static final String HEADER = "X-Mist-Signature";

  private static final String PREFIX = "sha256=";
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /** The UTF-8 bytes of the secret are the key; IllegalArgumentException when there are none. */
  public MistSignature(String secret) {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("secret: empty (expected: at least one character)");
    }
    key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** The value of the header for a body. */
  public String sign(byte[] body) {
    return PREFIX + HexFormat.of().formatHex(mac(body));
  }

  /**
   * Whether the header, which may be absent, is the signature of the body. Takes the same time
   * wherever the two differ.
   */
  public boolean verify(byte[] body, @Nullable String header) {
    byte[] given = (header == null ? "" : header).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(sign(body).getBytes(StandardCharsets.UTF_8), given);
  }

  private byte[] mac(byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
