package dev.infermux.dialect.chat;

import dev.infermux.json.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Marks a provider's signature or encrypted thought with the dialect that it is of, so that it
 * finds its way back by way of a caller of another dialect, and never to another API.
 */
public final class Seals {

  private static final String MARK = "infermux.";

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

  /** The seal of this dialect, or null where it is of another one or no seal at all. */
  public static @Nullable JsonText of(String dialect, @Nullable JsonText marked) {
    String before = MARK + dialect + ".";
    return marked != null && marked.startsWith(before) ? marked.after(before.length()) : null;
  }
}
