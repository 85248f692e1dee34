package dev.infermux.inference;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A credential that does not print itself: {@link #toString} masks it, and comparing takes the same
 * time whatever was presented.
 */
public final class Secret {
  private final String value;
  private final byte[] digest;

  private Secret(String value) {
    this.value = value;
    this.digest = digest(value);
  }

  /**
   * The credential that is this text.
   *
   * @throws NullPointerException for null, as an environment gives for a variable that is not set
   */
  public static Secret of(String value) {
    return new Secret(
        Objects.requireNonNull(value, "secret: null (expected: a text; is its variable set?)"));
  }

  /** The credential itself, for the header it belongs in and nowhere else. */
  public String reveal() {
    return value;
  }

  /**
   * Whether the text that a caller presented is this credential; its length does not show either.
   */
  public boolean matches(String presented) {
    return MessageDigest.isEqual(digest, digest(presented));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(digest, secret.digest);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "****";
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
