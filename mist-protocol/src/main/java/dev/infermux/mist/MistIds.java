package dev.infermux.mist;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Makes message ids, and judges those that come from outside. */
public final class MistIds {

  /** Longest id accepted from outside, in characters. */
  public static final int MAX_LENGTH = 256;

  private static final int ID_BYTES = 16;
  private static final int POOL_BYTES = 256 * ID_BYTES;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final SecureRandom RANDOM = new SecureRandom();

  // SecureRandom is slow per call and locks: each thread fetches bytes for 256 ids at once.
  private static final ThreadLocal<Pool> POOL = ThreadLocal.withInitial(Pool::new);

  private MistIds() {}

  /** 128 bits from a secure source as 32 lower-case hex digits. */
  public static String newId() {
    return POOL.get().next();
  }

  /** Whether an id from outside may be kept: 1 to 256 characters of printable ASCII. */
  public static boolean isSane(@Nullable String id) {
    if (id == null || id.isEmpty() || id.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      if (id.charAt(i) < ' ' || id.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /** The id if it is sane, else a new one. */
  public static String saneOrNew(@Nullable String id) {
    return id != null && isSane(id) ? id : newId();
  }

  /** Random bytes of one thread. */
  private static final class Pool {

    private final byte[] bytes = new byte[POOL_BYTES];
    private int used = POOL_BYTES;

    String next() {
      if (used == POOL_BYTES) {
        RANDOM.nextBytes(bytes);
        used = 0;
      }
      byte[] digits = new byte[2 * ID_BYTES];
      for (int i = 0; i < ID_BYTES; i++) {
        int value = bytes[used++];
        digits[2 * i] = HEX[(value >> 4) & 0xf];
        digits[2 * i + 1] = HEX[value & 0xf];
      }
      return new String(digits, StandardCharsets.ISO_8859_1);
    }
  }
}
