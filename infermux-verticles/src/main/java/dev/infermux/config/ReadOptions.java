package dev.infermux.config;

import java.util.Map;

/**
 * What reading depends on besides the file.
 *
 * @param environment for {@code ${VAR}}
 * @param overrides over what the file says
 * @param strict whether an unknown key is a problem instead of a warning
 */
public record ReadOptions(Map<String, String> environment, Overrides overrides, boolean strict) {
  public ReadOptions {
    environment = Map.copyOf(environment);
  }

  /** This environment, both for values and for the overrides that are variables; not strict. */
  public static ReadOptions of(Map<String, String> environment) {
    return new ReadOptions(environment, Overrides.of(environment), false);
  }

  public ReadOptions withOverrides(Overrides overrides) {
    return new ReadOptions(environment, overrides, strict);
  }

  public ReadOptions withStrict(boolean strict) {
    return new ReadOptions(environment, overrides, strict);
  }
}
