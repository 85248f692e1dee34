package dev.infermux.dialect.chat;

import dev.infermux.json.JsonText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Marks a provider's signature or encrypted thought with the dialect that it is of, so that it
 * finds its way back by way of a caller of another dialect, and never to another API.
 */
public final class Seals {

  private static final String MARK = "infermux.";
  private static final int LONGEST_ID = 96;

  private Seals() {}

  /** A seal under the name of its dialect. */
  public static JsonText mark(String dialect, JsonText seal) {
    String before = MARK + dialect + ".";
    byte[] bytes = new byte[before.length() + seal.length()];
    for (int i = 0; i < before.length(); i++) {
      bytes[i] = (byte) before.charAt(i);
    }
    System.arraycopy(seal.bytes(), seal.from(), bytes, before.length(), seal.length());
    return new JsonText(bytes, 0, bytes.length);
  }

  /** Whether it carries the name of a dialect, and so was never made by the API that reads it. */
  public static boolean isMarked(JsonText seal) {
    return seal.startsWith(MARK);
  }

  /** The id under which a seal is remembered, marked or not: its end, which no two share. */
  public static String id(JsonText seal) {
    int length = Math.min(LONGEST_ID, seal.length());
    return new String(seal.bytes(), seal.to() - length, length, StandardCharsets.ISO_8859_1);
  }

  /** The seal of this dialect, or null where it is of another one or no seal at all. */
  public static @Nullable JsonText of(String dialect, @Nullable JsonText marked) {
    String before = MARK + dialect + ".";
    return marked != null && marked.startsWith(before) ? marked.after(before.length()) : null;
  }
}
