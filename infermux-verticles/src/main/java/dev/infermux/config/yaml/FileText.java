package dev.infermux.config.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import org.yaml.snakeyaml.reader.StreamReader;

/** Turns a file's bytes into text, or says where it is none. */
final class FileText {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private FileText() {}

  static String decode(byte[] bytes) {
    String text = strictUtf8(bytes);
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    int at = firstUnprintable(text);
    if (at < text.length()) {
      String before = text.substring(0, at);
      int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
      int column = at - before.lastIndexOf('\n');
      String name = String.format("U+%04X", text.codePointAt(at));
      throw FileProblem.parsing(line, column, "control character " + name + " (expected: text)");
    }
    return text;
  }

  /** By YAML's own definition, which leaves out most control characters and halves of pairs. */
  private static int firstUnprintable(String text) {
    int at = 0;
    while (at < text.length() && StreamReader.isPrintable(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
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
