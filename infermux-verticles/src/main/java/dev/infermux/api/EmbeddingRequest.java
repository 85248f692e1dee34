package dev.infermux.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model for the embeddings of texts. Immutable.
 *
 * @param parameters all else that is asked, by the names of OpenAI's API; JSON values
 */
public record EmbeddingRequest(
    String model, List<String> input, Map<String, @Nullable Object> parameters) {

  public EmbeddingRequest {
    input = List.copyOf(input);
    parameters = JsonCopies.object("parameters", parameters);
  }

  public static EmbeddingRequest of(String model, String... input) {
    return new EmbeddingRequest(model, List.of(input), Map.of());
  }

  /** With any parameter, known here or not. */
  public EmbeddingRequest withParameter(String name, @Nullable Object value) {
    return new EmbeddingRequest(model, input, JsonCopies.with(parameters, name, value));
  }

  /** How many numbers each embedding has. */
  public EmbeddingRequest withDimensions(int dimensions) {
    return withParameter("dimensions", dimensions);
  }

  /** Leaves the texts out, which belong in no log. */
  @Override
  public String toString() {
    return "EmbeddingRequest[" + model + ", " + input.size() + " texts]";
  }
}
