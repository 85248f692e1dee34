package dev.infermux.json;

import java.nio.charset.StandardCharsets;

/** JSON strings to Java's and back. */
public final class JsonStrings {

  private static final String HEX = "0123456789abcdef";

  private JsonStrings() {}

  /** Decodes the inside of a string that a {@link JsonCursor} has already checked. */
  static String decode(byte[] bytes, int from, int to) {
    String raw = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    int escape = raw.indexOf('\\');
    if (escape < 0) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    int i = 0;
    while (escape >= 0) {
      text.append(raw, i, escape);
      char kind = raw.charAt(escape + 1);
      if (kind == 'u') {
        text.append((char) Integer.parseInt(raw, escape + 2, escape + 6, 16));
        i = escape + 6;
      } else {
        text.append(unescaped(kind));
        i = escape + 2;
      }
      escape = raw.indexOf('\\', i);
    }
    return text.append(raw, i, raw.length()).toString();
  }

  /** Appends {@code text} as a JSON string with its quotes; lone surrogates are escaped. */
  public static void quote(StringBuilder to, String text) {
    to.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> to.append('\\').append(c);
        case '\n' -> to.append("\\n");
        case '\r' -> to.append("\\r");
        case '\t' -> to.append("\\t");
        default -> {
          if (c < ' ' || (Character.isSurrogate(c) && !paired(text, i))) {
            to.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt((c >> 8) & 15));
            to.append(HEX.charAt((c >> 4) & 15)).append(HEX.charAt(c & 15));
          } else {
            to.append(c);
          }
        }
      }
    }
    to.append('"');
  }

  /** {@code text} as a JSON string with its quotes. */
  public static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2);
    quote(json, text);
    return json.toString();
  }

  private static boolean paired(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }

  private static char unescaped(char kind) {
    return switch (kind) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> kind;
    };
  }
}
