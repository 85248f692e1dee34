package dev.infermux.config;

import java.util.List;

/** A configuration built in code that cannot be used; the message has all its problems. */
public final class ConfigException extends IllegalArgumentException {

  private final transient List<String> problems;

  ConfigException(List<String> problems) {
    super("the configuration is not valid:\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line each: the key's path as in the file, what was found, what is allowed. */
  public List<String> problems() {
    return problems;
  }
}
