package dev.infermux.cluster.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.Shortened;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Texts as the database can hold them: it takes no NUL and no half of a surrogate pair, and an
 * index takes no row above 2,704 bytes, of which five names are the most. Each text has one form,
 * and no two have the same.
 */
final class PgText {

  private static final int MOST_BYTES = 500;

  /** Of the beginning of a longer one, in characters. */
  private static final int KEPT = 110;

  /** What stands behind it, in bytes. */
  private static final int SHORTENED = 68;

  private PgText() {}

  /** In full, however long: what {@link #decode} makes of it is what it was. */
  static String whole(String text) {
    return plain(text) ? text : escaped(text);
  }

  /** Of a name: a long one is its beginning and a hash, and does not come back. */
  static String encode(String name) {
    String text = whole(name);
    // A character of UTF-16 has three bytes at most.
    return text.length() * 3L <= MOST_BYTES || text.getBytes(UTF_8).length <= MOST_BYTES
        ? text
        : shortened(name);
  }

  /** Its beginning, and what tells it from others that begin alike. */
  private static String shortened(String name) {
    String beginning = Shortened.beginning(name, KEPT);
    String text = whole(beginning);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_16BE));
      boolean fits = text.getBytes(UTF_8).length <= MOST_BYTES - SHORTENED;
      return (fits ? text : "") + "… " + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean plain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == 0 || c == '\\' || Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static String escaped(String name) {
    StringBuilder text = new StringBuilder(name.length() + 8);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < name.length()
              && Character.isLowSurrogate(name.charAt(i + 1));
      if (pair) {
        text.append(c).append(name.charAt(++i));
      } else if (c == '\\') {
        text.append("\\\\");
      } else if (c == 0 || Character.isSurrogate(c)) {
        text.append(String.format("\\%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  static String decode(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder name = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        name.append(c);
      } else if (text.charAt(i + 1) == '\\') {
        name.append('\\');
        i++;
      } else {
        name.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
        i += 4;
      }
    }
    return name.toString();
  }
}
