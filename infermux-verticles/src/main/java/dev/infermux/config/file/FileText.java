package dev.infermux.config.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;

/** Turns a file's bytes into text, or says where it is none. */
final class FileText {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private FileText() {}

  static String decode(byte[] bytes) {
    String text = strictUtf8(bytes);
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t' && c != '\u0085') {
        String name = String.format("U+%04X", (int) c);
        throw FileProblem.parsing(line, column, "control character " + name + " (expected: text)");
      }
      column = c == '\n' ? 1 : column + 1;
      line += c == '\n' ? 1 : 0;
    }
    return text;
  }

  private static String strictUtf8(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    var decoder = UTF_8.newDecoder();
    CoderResult result = decoder.decode(in, out, true);
    try {
      if (result.isError()) {
        result.throwException();
      }
      return out.flip().toString();
    } catch (CharacterCodingException e) {
      long line = 1 + out.flip().chars().filter(c -> c == '\n').count();
      throw FileProblem.parsing("line " + line + ": bytes that are no UTF-8 (expected: UTF-8)");
    }
  }
}
