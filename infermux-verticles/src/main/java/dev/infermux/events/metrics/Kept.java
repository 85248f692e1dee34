package dev.infermux.events.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Values that are made once for each key. Bounded, since callers choose models: beyond {@link
 * #MOST} keys a value is made each time. Thread-safe.
 */
final class Kept<K, V> {

  static final int MOST = 1_000;

  private final Map<K, V> values = new ConcurrentHashMap<>();
  private final Function<K, V> make;

  Kept(Function<K, V> make) {
    this.make = make;
  }

  V of(K key) {
    V known = values.get(key);
    if (known != null) {
      return known;
    }
    V made = make.apply(key);
    if (values.size() < MOST) {
      values.put(key, made);
    }
    return made;
  }
}
