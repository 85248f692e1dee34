package dev.infermux.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.openai.EmbeddingsJson;
import dev.infermux.inference.Usage;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Makes embeddings: the same text has the same vector of length 1 always. */
final class MockEmbeddings {

  private static final int MOST_DIMENSIONS = 4_096;

  private MockEmbeddings() {}

  static String body(MockCall call, List<float[]> vectors, @Nullable Usage usage) {
    return EmbeddingsJson.of(call.model(), vectors, call.base64(), usage);
  }

  /** One vector for each input. */
  static List<float[]> vectors(MockCall call) {
    int dimensions = Math.max(1, Math.min(MOST_DIMENSIONS, call.dimensions()));
    return call.inputs().stream().map(text -> vector(text, dimensions)).toList();
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
}
