package dev.infermux.dialect.openai;

import dev.infermux.inference.Usage;
import dev.infermux.json.JsonStrings;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Writes the answer to a request for embeddings. */
public final class EmbeddingsJson {

  private EmbeddingsJson() {}

  /**
   * One embedding for each vector.
   *
   * @param base64 whether vectors are written as little-endian bytes in base64
   * @param usage null = not reported
   */
  public static String of(
      String model, List<float[]> vectors, boolean base64, @Nullable Usage usage) {
    StringJoiner data = new StringJoiner(",");
    int index = 0;
    for (float[] vector : vectors) {
      data.add(
          "{\"object\":\"embedding\",\"index\":"
              + index++
              + ",\"embedding\":"
              + (base64 ? VectorPacker.packed(vector) : plain(vector))
              + "}");
    }
    return "{\"object\":\"list\",\"data\":["
        + data
        + "],\"model\":"
        + JsonStrings.quoted(model)
        + (usage == null ? "" : counted(usage.promptTokens()))
        + "}";
  }

  private static String counted(long tokens) {
    return ",\"usage\":{\"prompt_tokens\":" + tokens + ",\"total_tokens\":" + tokens + "}";
  }

  private static String plain(float[] vector) {
    StringJoiner numbers = new StringJoiner(",", "[", "]");
    for (float one : vector) {
      numbers.add(String.valueOf(one));
    }
    return numbers.toString();
  }
}
