package dev.infermux.mist;

import java.util.Random;

/** Makes random well-formed JSON text with everything that could be lost on the way. */
final class RandomJson {

  private static final String[] SPACES = {"", "", "", " ", "\n", "\r\n", "\t"};
  private static final String[] CHARACTERS = {
    "a",
    "Z",
    " ",
    "é",
    "ß",
    "\u2028",
    "\u2029",
    "漢",
    "😀",
    "\u007f",
    "<",
    ">",
    "&",
    "'",
    "/",
    "\\/",
    "\\\"",
    "\\\\",
    "\\n",
    "\\t",
    "\\b",
    "\\u0000",
    "\\u00e9",
    "\\u00E9",
    "\\ud83d\\ude00",
    "\\ud83d",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\ufffd",
    "\uffff"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "-1",
    "9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "0.1",
    "1.0",
    "1.10",
    "1e2",
    "1E+2",
    "-1.5e-300",
    "1e999",
    "0.1234567890123456789",
    "3.00000000000000000000"
  };

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  String value(int depth) {
    int kinds = depth == 0 ? 5 : 8;
    return switch (random.nextInt(kinds)) {
      case 0 -> "null";
      case 1 -> random.nextBoolean() ? "true" : "false";
      case 2 -> number();
      case 3, 4 -> '"' + characters() + '"';
      case 5 -> array(depth);
      default -> object(depth);
    };
  }

  String object(int depth) {
    StringBuilder out = new StringBuilder("{").append(space());
    int fields = random.nextInt(5);
    for (int i = 0; i < fields; i++) {
      out.append(i == 0 ? "" : ",").append(space());
      out.append('"').append(i).append(name()).append('"').append(space()).append(':');
      out.append(space()).append(value(depth - 1)).append(space());
    }
    return out.append('}').toString();
  }

  /** A non-empty Java string of any characters, halves of surrogate pairs left out. */
  String text() {
    StringBuilder out = new StringBuilder();
    int length = 1 + random.nextInt(20);
    for (int i = 0; i < length; i++) {
      int point = random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(0x80);
      out.appendCodePoint(point >= 0xd800 && point < 0xe000 ? '?' : point);
    }
    return out.toString();
  }

  private String array(int depth) {
    StringBuilder out = new StringBuilder("[").append(space());
    int items = random.nextInt(4);
    for (int i = 0; i < items; i++) {
      out.append(i == 0 ? "" : ",").append(space()).append(value(depth - 1)).append(space());
    }
    return out.append(']').toString();
  }

  private String number() {
    return random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : "" + random.nextLong();
  }

  private String characters() {
    StringBuilder out = new StringBuilder();
    int length = random.nextInt(10);
    for (int i = 0; i < length; i++) {
      out.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
    }
    return out.toString();
  }

  /** Half a surrogate pair is well formed in a string, but the parser refuses it in a name. */
  private String name() {
    return characters().replaceAll("\\\\ud83d(?!\\\\ude00)", "");
  }

  private String space() {
    return SPACES[random.nextInt(SPACES.length)];
  }
}
