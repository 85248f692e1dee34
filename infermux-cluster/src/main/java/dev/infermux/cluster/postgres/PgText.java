package dev.infermux.cluster.postgres;

/**
 * Names as the database can hold them: it takes no NUL and no half of a surrogate pair. Each name
 * has one form, and no two have the same.
 */
final class PgText {

  private PgText() {}

  static String encode(String name) {
    return plain(name) ? name : escaped(name);
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
