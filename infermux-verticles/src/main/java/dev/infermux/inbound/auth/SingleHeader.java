package dev.infermux.inbound.auth;

import dev.infermux.inference.Failure.InvalidRequest;
import dev.infermux.inference.InferenceException;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/** Reads headers that say who asks: of two nobody knows which one counts further on. */
final class SingleHeader {

  private SingleHeader() {}

  /**
   * The header's value, or null.
   *
   * @throws InferenceException with an {@link InvalidRequest} where it comes more than once
   */
  static @Nullable String of(MultiMap headers, CharSequence name) {
    String value = headers.get(name);
    if (value != null && headers.getAll(name).size() > 1) {
      throw new InferenceException(
          new InvalidRequest(name + ": more than once (expected: once)", null));
    }
    return value;
  }
}
