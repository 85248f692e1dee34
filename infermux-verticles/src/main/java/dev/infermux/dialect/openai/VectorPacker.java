package dev.infermux.dialect.openai;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonStrings;
import dev.infermux.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Writes vectors in base64, as clients of OpenAI's read them: little-endian IEEE 754, 32 bits. */
final class VectorPacker {

  private static final int USUAL = 1_536;

  private VectorPacker() {}

  /**
   * Consumes an array of numbers and writes it.
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
    byte[] packed = Base64.getEncoder().encode(written(bytes));
    out.string(new JsonText(packed, 0, packed.length));
  }

  /** The same of a program's own numbers, quoted. */
  static String packed(float[] vector) {
    ByteBuffer bytes = buffer(vector.length);
    for (float one : vector) {
      bytes.putFloat(one);
    }
    return JsonStrings.quoted(Base64.getEncoder().encodeToString(written(bytes)));
  }

  private static byte[] written(ByteBuffer bytes) {
    byte[] written = new byte[bytes.flip().remaining()];
    bytes.get(written);
    return written;
  }

  private static ByteBuffer buffer(int numbers) {
    return ByteBuffer.allocate(Float.BYTES * numbers).order(ByteOrder.LITTLE_ENDIAN);
  }
}
