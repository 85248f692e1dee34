package dev.infermux.config.schema;

import java.util.Optional;

/** A key with a list or a mapping below it. */
public record Part(String name, Shape shape, boolean required, String meaning)
    implements Shape.Entry {

  public static Part of(String name, Shape shape, String meaning) {
    return new Part(name, shape, false, meaning);
  }

  public static Part required(String name, Shape shape, String meaning) {
    return new Part(name, shape, true, meaning);
  }

  @Override
  public Optional<Object> defaultValue() {
    return Optional.empty();
  }
}
