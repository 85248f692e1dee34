package dev.infermux.config;

import java.util.Arrays;
import java.util.Optional;

/** How much is logged. */
public enum LogLevel {
  DEBUG("debug"),
  INFO("info"),
  WARN("warn"),
  ERROR("error");

  private final String wireName;

  LogLevel(String wireName) {
    this.wireName = wireName;
  }

  /** The one of this name, if there is one. */
  public static Optional<LogLevel> of(String wireName) {
    return Arrays.stream(values()).filter(level -> level.wireName.equals(wireName)).findFirst();
  }

  public String wireName() {
    return wireName;
  }
}
