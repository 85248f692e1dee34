package dev.infermux.config.schema;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;

/**
 * One sort of value: the file gives text, a kind gives it a type or refuses it.
 *
 * @param label what the table of keys calls it
 * @param expected what is allowed, as failures say it
 * @param reader empty = not one of this kind
 * @param writer the value as the file would have it: text, number or boolean
 * @param schema of a value that has no variable in it
 * @param emptyMeansAbsent whether {@code ""} is the same as leaving the key out
 * @param secret whether its values stay out of every message
 */
public record Kind<T>(
    String label,
    String expected,
    Function<String, Optional<T>> reader,
    Function<T, Object> writer,
    JsonObject schema,
    boolean emptyMeansAbsent,
    boolean secret) {

  /** A kind of which {@code ""} is a wrong value like another and nothing is secret. */
  static <T> Kind<T> of(
      String label,
      String expected,
      Function<String, Optional<T>> reader,
      Function<T, Object> writer,
      JsonObject schema) {
    return new Kind<>(label, expected, reader, writer, schema, false, false);
  }

  public Optional<T> read(String text) {
    return reader.apply(text);
  }
}
