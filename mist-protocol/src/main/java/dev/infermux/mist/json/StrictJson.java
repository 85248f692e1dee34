package dev.infermux.mist.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/**
 * The one way JSON is parsed here: UTF-8 alone, depth and numbers bounded, nothing after the value.
 */
final class StrictJson {

  static final int MAX_DEPTH = 200;

  private static final int MAX_NUMBER_CHARS = 1000;

  // Strings and names are bounded by the message itself, which is bounded before it gets here.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private StrictJson() {}

  /** What a reading of one document does with the parser, which stands before the first token. */
  @FunctionalInterface
  interface Reading<T> {
    T read(JsonParser parser) throws IOException;
  }

  /**
   * Reads one whole value from the slice; every failure is a {@link JsonProblem} at {@code where}.
   */
  static <T> T read(Slice slice, String where, Reading<T> reading) {
    int length = slice.to() - slice.from();
    try (JsonParser parser = FACTORY.createParser(slice.source(), slice.from(), length)) {
      T result = reading.read(parser);
      if (parser.nextToken() != null) {
        throw new JsonProblem(where, "more after the value", "one JSON value");
      }
      return result;
    } catch (JsonProcessingException e) {
      throw new JsonProblem(where, found(e), "strict JSON");
    } catch (IOException e) {
      throw new JsonProblem(where, JsonProblem.printable(String.valueOf(e.getMessage())), "JSON");
    }
  }

  private static String found(JsonProcessingException e) {
    String found = JsonProblem.printable(e.getOriginalMessage());
    return e.getLocation() == null ? found : found + " at byte " + e.getLocation().getByteOffset();
  }
}
