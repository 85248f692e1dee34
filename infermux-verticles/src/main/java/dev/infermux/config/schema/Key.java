package dev.infermux.config.schema;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key with a single value.
 *
 * @param fallback the value when the key is absent; null = none
 */
public record Key<T>(
    String name, Kind<T> kind, @Nullable T fallback, boolean required, String meaning)
    implements Shape.Entry {

  public static <T> Key<T> of(String name, Kind<T> kind, T fallback, String meaning) {
    return new Key<>(name, kind, fallback, false, meaning);
  }

  public static <T> Key<T> optional(String name, Kind<T> kind, String meaning) {
    return new Key<>(name, kind, null, false, meaning);
  }

  public static <T> Key<T> required(String name, Kind<T> kind, String meaning) {
    return new Key<>(name, kind, null, true, meaning);
  }

  @Override
  public Shape shape() {
    return new Shape.One(kind);
  }

  @Override
  public Optional<Object> defaultValue() {
    return Optional.ofNullable(fallback).map(kind.writer());
  }
}
