package dev.infermux.mist;

import dev.infermux.mist.json.JsonFields;

/**
 * Makes a payload from the fields of its JSON object, for payload types this module does not know.
 */
@FunctionalInterface
public interface PayloadReader<T extends Payload> {

  /** May throw {@link MistException} or {@link dev.infermux.mist.json.JsonProblem}. */
  T read(JsonFields fields);
}
