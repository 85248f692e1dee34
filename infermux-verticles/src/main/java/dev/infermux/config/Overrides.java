package dev.infermux.config;

import dev.infermux.config.tree.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is set from outside the file: by the environment, and over that by flags. */
public final class Overrides {
  private static final Overrides NONE = new Overrides(Map.of());
  private static final Map<String, String> KEYS_BY_VARIABLE =
      Map.of(
          "INFERMUX_LISTEN", "listen",
          "INFERMUX_LOG_LEVEL", "log.level",
          "INFERMUX_LOG_FORMAT", "log.format",
          "INFERMUX_LOG_TIMESTAMPS", "log.timestamps");

  /** By key. */
  private final Map<String, Value> values;

  private Overrides(Map<String, Value> values) {
    this.values = Map.copyOf(values);
  }

  public static Overrides none() {
    return NONE;
  }

  /** From the variables that stand for a key; one that is empty counts as not set. */
  public static Overrides of(Map<String, String> environment) {
    Overrides overrides = NONE;
    for (var entry : KEYS_BY_VARIABLE.entrySet()) {
      String value = environment.getOrDefault(entry.getKey(), "");
      overrides = overrides.with(entry.getValue(), value.isEmpty() ? null : value, entry.getKey());
    }
    return overrides;
  }

  /**
   * Adds one over those that are there.
   *
   * @param key such as {@code log.level}
   * @param value as the file would have it; null = unchanged
   * @param origin the flag, for messages
   */
  public Overrides with(String key, @Nullable String value, String origin) {
    if (value == null) {
      return this;
    }
    Map<String, Value> more = new LinkedHashMap<>(values);
    more.put(key, new Value(value, origin));
    return new Overrides(more);
  }

  void applyTo(Tree tree) {
    values.forEach((key, value) -> tree.set(key, value.text(), value.origin()));
  }

  private record Value(String text, String origin) {}
}
