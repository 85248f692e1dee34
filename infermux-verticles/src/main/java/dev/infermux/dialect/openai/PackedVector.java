package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * Vectors in base64, as clients of OpenAI's read them: little-endian numbers of 32 bits, IEEE 754.
 */
final class PackedVector {

  private static final int USUAL = 1_536;

  private PackedVector() {}

  /**
   * Consumes an array of numbers and writes it in base64.
   *
   * @throws IllegalArgumentException when it has something else
   */
  static void pack(JsonCursor json, JsonOutput out) {
    ByteBuffer bytes = buffer(USUAL);
    json.enterArray();
    while (json.nextElement()) {
      if (bytes.remaining() < Float.BYTES) {
        bytes = buffer(2 * bytes.capacity() / Float.BYTES).put(bytes.flip());
      }
      bytes.putFloat(Float.parseFloat(json.value().toString()));
    }
    byte[] packed = Base64.getEncoder().encode(bytes.flip()).array();
    out.string(new JsonText(packed, 0, packed.length));
  }

  private static ByteBuffer buffer(int numbers) {
    return ByteBuffer.allocate(Float.BYTES * numbers).order(ByteOrder.LITTLE_ENDIAN);
  }

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
