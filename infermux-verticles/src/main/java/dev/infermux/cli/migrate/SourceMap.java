package dev.infermux.cli.migrate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mapping of another gateway's file, which knows what of it has been taken over. */
final class SourceMap {

  private final String path;
  private final Map<String, @Nullable Object> values;
  private final Set<String> taken = new LinkedHashSet<>();

  private SourceMap(String path, Map<String, @Nullable Object> values) {
    this.path = path;
    this.values = values;
  }

  /** Of whatever was read; what is no mapping is an empty one. */
  static SourceMap of(String path, @Nullable Object value) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, one) -> values.put(String.valueOf(key), one));
    }
    return new SourceMap(path, values);
  }

  /** The same, with what it lacks from another one. */
  SourceMap filledFrom(SourceMap other) {
    Map<String, @Nullable Object> filled = new LinkedHashMap<>(other.values);
    filled.putAll(values);
    return new SourceMap(path, filled);
  }

  String path() {
    return path;
  }

  Set<String> names() {
    return values.keySet();
  }

  /** The value, which then counts as taken over; null where there is none. */
  @Nullable Object take(String key) {
    taken.add(key);
    return values.get(key);
  }

  /** These mean nothing here, and nothing is lost by that. */
  void ignore(String... keys) {
    taken.addAll(List.of(keys));
  }

  /** What was looked at is not taken over after all. */
  void leave(String key) {
    taken.remove(key);
  }

  Optional<String> text(String key) {
    Object value = take(key);
    return value == null || value instanceof Map || value instanceof List
        ? Optional.empty()
        : Optional.of(String.valueOf(value)).filter(text -> !text.isBlank());
  }

  /** A number above 0; anything else is none. */
  Optional<BigDecimal> positive(String key) {
    return text(key).flatMap(SourceMap::number).filter(number -> number.signum() > 0);
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  boolean flag(String key) {
    return Boolean.TRUE.equals(take(key));
  }

  SourceMap map(String key) {
    return of(path.isEmpty() ? key : path + "." + key, take(key));
  }

  List<SourceMap> maps(String key) {
    List<SourceMap> maps = new ArrayList<>();
    if (take(key) instanceof List<?> list) {
      for (Object item : list) {
        maps.add(of((path.isEmpty() ? "" : path + ".") + key + "[" + maps.size() + "]", item));
      }
    }
    return maps;
  }

  static List<String> texts(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return value == null ? List.of() : List.of(String.valueOf(value));
  }

  /** The paths of what has not been taken over, without those that say nothing. */
  List<String> rest() {
    return values.entrySet().stream()
        .filter(entry -> !taken.contains(entry.getKey()) && says(entry.getValue()))
        .map(entry -> path.isEmpty() ? entry.getKey() : path + "." + entry.getKey())
        .toList();
  }

  private static boolean says(@Nullable Object value) {
    return value != null
        && !Boolean.FALSE.equals(value)
        && !(value instanceof List<?> list && list.isEmpty())
        && !(value instanceof Map<?, ?> map && map.isEmpty());
  }
}
