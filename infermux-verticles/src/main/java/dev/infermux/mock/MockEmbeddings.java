package dev.infermux.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.Usage;
import dev.infermux.json.JsonStrings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Writes embeddings: the same text has the same vector of length 1 always. */
final class MockEmbeddings {

  private static final int DIMENSIONS = 8;
  private static final int MOST_DIMENSIONS = 4_096;

  private MockEmbeddings() {}

  static String body(MockCall call, @Nullable Usage usage) {
    int asked = call.json().path("dimensions").asInt(DIMENSIONS);
    int dimensions = Math.max(1, Math.min(MOST_DIMENSIONS, asked));
    boolean packed = call.json().path("encoding_format").asText("").equals("base64");
    StringJoiner data = new StringJoiner(",");
    int index = 0;
    for (String input : call.inputs()) {
      float[] vector = vector(input, dimensions);
      data.add(
          "{\"object\":\"embedding\",\"index\":"
              + index++
              + ",\"embedding\":"
              + (packed ? packed(vector) : plain(vector))
              + "}");
    }
    String counted =
        usage == null
            ? ""
            : ",\"usage\":{\"prompt_tokens\":"
                + usage.promptTokens()
                + ",\"total_tokens\":"
                + usage.promptTokens()
                + "}";
    return "{\"object\":\"list\",\"data\":["
        + data
        + "],\"model\":"
        + JsonStrings.quoted(call.model())
        + counted
        + "}";
  }

  private static float[] vector(String text, int dimensions) {
    CRC32 seed = new CRC32();
    seed.update(text.getBytes(UTF_8));
    SplittableRandom random = new SplittableRandom(seed.getValue());
    double[] raw = random.doubles(dimensions, -1, 1).toArray();
    double squares = 0;
    for (double one : raw) {
      squares += one * one;
    }
    float[] vector = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) (raw[i] / Math.sqrt(squares));
    }
    return vector;
  }

  private static String plain(float[] vector) {
    StringJoiner numbers = new StringJoiner(",", "[", "]");
    for (float one : vector) {
      numbers.add(String.valueOf(one));
    }
    return numbers.toString();
  }

  private static String packed(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float one : vector) {
      bytes.putFloat(one);
    }
    return JsonStrings.quoted(Base64.getEncoder().encodeToString(bytes.array()));
  }
}
