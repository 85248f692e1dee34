package dev.infermux.inbound.auth;

import dev.infermux.inbound.auth.Authenticator.Caller;
import org.jspecify.annotations.Nullable;

/** Keys that are not in the configuration. Safe on any thread. */
@FunctionalInterface
public interface IssuedKeys {

  /** There are none. */
  IssuedKeys NONE = token -> null;

  /**
   * Whose key this is; null for what is no such key by its looks.
   *
   * @throws dev.infermux.inference.InferenceException when it is not in force
   */
  @Nullable Caller admit(String token);
}
