package dev.infermux.events.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

/** UTF-8 text that stays as it is and is written again and again. */
final class TextPiece {

  static final TextPiece NONE = new TextPiece(new byte[0]);

  final byte[] bytes;

  TextPiece(byte[] bytes) {
    this.bytes = bytes;
  }

  static TextPiece of(String text) {
    return new TextPiece(text.getBytes(UTF_8));
  }

  /** Labels as they stand in braces: names and values by turns, names in alphabetical order. */
  static TextPiece labels(String... namesAndValues) {
    TextBytes text = new TextBytes(64);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (i > 0) {
        text.add(',');
      }
      text.add(namesAndValues[i]);
      text.add("=\"");
      text.addEscaped(namesAndValues[i + 1]);
      text.add('"');
    }
    return text.piece(0);
  }

  boolean isEmpty() {
    return bytes.length == 0;
  }
}
