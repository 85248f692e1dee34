package dev.infermux.api;

import dev.infermux.inference.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The embeddings of texts. Immutable.
 *
 * @param model as the provider names it; empty = not said
 * @param data one for each text, in order
 * @param usage as the provider counted; null = it did not
 * @param meta what the router did for it
 */
public record EmbeddingResponse(
    String model, List<Embedding> data, @Nullable Usage usage, ResponseMeta meta) {

  public EmbeddingResponse {
    data = List.copyOf(data);
  }

  /** Embeddings for mocks and for providers of a program's own. */
  public static EmbeddingResponse of(float[]... vectors) {
    List<Embedding> data = new ArrayList<>();
    for (float[] vector : vectors) {
      data.add(new Embedding(data.size(), vector));
    }
    return new EmbeddingResponse("", data, null, ResponseMeta.NONE);
  }

  public EmbeddingResponse withModel(String model) {
    return new EmbeddingResponse(model, data, usage, meta);
  }

  public EmbeddingResponse withUsage(@Nullable Usage usage) {
    return new EmbeddingResponse(model, data, usage, meta);
  }

  public EmbeddingResponse withMeta(ResponseMeta meta) {
    return new EmbeddingResponse(model, data, usage, meta);
  }

  @Override
  public String toString() {
    return "EmbeddingResponse[" + model + ", " + data.size() + " embeddings, " + meta + "]";
  }

  /**
   * One embedding.
   *
   * @param index of the text in the request
   * @param embedding must not be changed
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Embedding(int index, float[] embedding) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Embedding that
          && index == that.index
          && Arrays.equals(embedding, that.embedding);
    }

    @Override
    public int hashCode() {
      return 31 * index + Arrays.hashCode(embedding);
    }

    @Override
    public String toString() {
      return "Embedding[" + index + ", " + embedding.length + " numbers]";
    }
  }
}
