package dev.infermux.config;

import java.util.Map;

/**
 * What reading depends on besides the file.
 *
 * @param environment for {@code ${VAR}}
 * @param overrides over what the file says
 * @param strict whether an unknown key is a problem instead of a warning
 * @param toServe whether it is about to be used here: files and secrets that are missing are
 *     problems then, else warnings
 */
public record ReadOptions(
    Map<String, String> environment, Overrides overrides, boolean strict, boolean toServe) {
  public ReadOptions {
    environment = Map.copyOf(environment);
  }

  /**
   * To serve with this environment, both for values and for the overrides that are variables; not
   * strict.
   */
  public static ReadOptions of(Map<String, String> environment) {
    return new ReadOptions(environment, Overrides.of(environment), false, true);
  }

  public ReadOptions withOverrides(Overrides overrides) {
    return new ReadOptions(environment, overrides, strict, toServe);
  }

  public ReadOptions withStrict(boolean strict) {
    return new ReadOptions(environment, overrides, strict, toServe);
  }

  /** False: only to look at it, perhaps on another machine than the one it is meant for. */
  public ReadOptions withToServe(boolean toServe) {
    return new ReadOptions(environment, overrides, strict, toServe);
  }
}
