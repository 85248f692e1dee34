package dev.infermux.cli.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A mapping of another gateway's file, which knows what of it has been taken over. */
final class SourceMap {

  private final String path;
  private final Map<String, @Nullable Object> values;
  private final Set<String> taken = new LinkedHashSet<>();
  private final List<String> unread = new ArrayList<>();

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

  /** A value that is neither a list nor a mapping; those are not taken over. */
  Optional<String> text(String key) {
    Object value = takeUnless(key, one -> one instanceof Map || one instanceof List);
    return Optional.ofNullable(value).map(String::valueOf).filter(text -> !text.isBlank());
  }

  /** A number as the configuration has it; what is none, or out of bounds, is not taken over. */
  <T> Optional<T> number(String key, Function<String, Optional<T>> reading) {
    Optional<String> text = text(key);
    Optional<T> number = text.flatMap(reading);
    if (text.isPresent() && number.isEmpty()) {
      leave(key);
    }
    return number;
  }

  boolean flag(String key) {
    return Boolean.TRUE.equals(takeUnless(key, one -> !(one instanceof Boolean)));
  }

  SourceMap map(String key) {
    return of(pathOf(key), takeUnless(key, one -> !(one instanceof Map)));
  }

  List<SourceMap> maps(String key) {
    List<SourceMap> maps = new ArrayList<>();
    if (takeUnless(key, one -> !(one instanceof List)) instanceof List<?> list) {
      for (Object item : list) {
        String at = key + "[" + maps.size() + "]";
        if (item != null && !(item instanceof Map)) {
          unread.add(pathOf(at));
        }
        maps.add(of(pathOf(at), item));
      }
    }
    return maps;
  }

  private @Nullable Object takeUnless(String key, Predicate<Object> odd) {
    Object value = take(key);
    if (value != null && odd.test(value)) {
      leave(key);
      return null;
    }
    return value;
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  static List<String> texts(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return value == null ? List.of() : List.of(String.valueOf(value));
  }

  /** The paths of what has not been taken over, without those that say nothing. */
  List<String> rest() {
    Stream<String> left =
        values.entrySet().stream()
            .filter(entry -> !taken.contains(entry.getKey()) && says(entry.getValue()))
            .map(entry -> pathOf(entry.getKey()));
    return Stream.concat(left, unread.stream()).toList();
  }

  private static boolean says(@Nullable Object value) {
    return value != null
        && !Boolean.FALSE.equals(value)
        && !(value instanceof List<?> list && list.isEmpty())
        && !(value instanceof Map<?, ?> map && map.isEmpty());
  }
}
