package dev.infermux.mist;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Defensive copies for records, where {@link Map#copyOf} would refuse nulls and lose the order. */
final class Copies {

  private Copies() {}

  static <V extends @Nullable Object> Map<String, V> of(Map<String, V> map) {
    return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** The value itself; throws {@link MistException} for what JSON cannot express. */
  static double finite(String field, double value) {
    if (!Double.isFinite(value)) {
      throw MistException.invalid(field, Double.toString(value), "a finite number");
    }
    return value;
  }
}
