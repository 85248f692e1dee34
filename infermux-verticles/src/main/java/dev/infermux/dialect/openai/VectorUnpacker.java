package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Reads vectors in base64, and writes them as numbers. */
final class VectorUnpacker {

  private VectorUnpacker() {}

  /**
   * Writes a vector in base64 as an array of numbers.
   *
   * @throws IllegalArgumentException when it is none
   */
  static void unpack(JsonText base64, JsonOutput out) {
    ByteBuffer coded =
        base64.indexOf('\\') < 0
            ? ByteBuffer.wrap(base64.bytes(), base64.from(), base64.length())
            : ByteBuffer.wrap(base64.decoded().getBytes(ISO_8859_1));
    ByteBuffer bytes = Base64.getDecoder().decode(coded).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() % Float.BYTES != 0) {
      throw new IllegalArgumentException(bytes.remaining() + " bytes");
    }
    out.array();
    while (bytes.hasRemaining()) {
      float number = bytes.getFloat();
      if (!Float.isFinite(number)) {
        throw new IllegalArgumentException("a number that JSON does not have");
      }
      out.raw(Float.toString(number));
    }
    out.endArray();
  }
}
