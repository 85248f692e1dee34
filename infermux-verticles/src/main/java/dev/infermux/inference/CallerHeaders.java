package dev.infermux.inference;

import org.jspecify.annotations.Nullable;

/** The headers of a caller's request, of which a provider gets those that are allowed to pass. */
@FunctionalInterface
public interface CallerHeaders {

  /** Of a caller without headers. */
  CallerHeaders NONE = name -> null;

  /** The first value of the header of this name in any case, or null. */
  @Nullable String get(String name);
}
