package dev.infermux.inbound.auth;

import dev.infermux.inference.Secret;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How callers are authenticated.
 *
 * @param key the one key of all callers; null = none
 * @param keys one key per caller
 * @param mistSecret signs the bodies on {@code /mist}; null = signatures are not asked for
 * @param keysFile where keys that are made while running survive a restart; null = nowhere
 */
public record AuthOptions(
    AuthMode mode,
    @Nullable Secret key,
    List<CallerKey> keys,
    @Nullable Secret mistSecret,
    @Nullable Path keysFile) {
  private static final AuthOptions DEFAULTS =
      new AuthOptions(AuthMode.PASSTHROUGH, null, List.of(), null, null);

  public AuthOptions {
    keys = List.copyOf(keys);
  }

  public static AuthOptions defaults() {
    return DEFAULTS;
  }

  public AuthOptions withMode(AuthMode mode) {
    return new AuthOptions(mode, key, keys, mistSecret, keysFile);
  }

  public AuthOptions withKey(@Nullable Secret key) {
    return new AuthOptions(mode, key, keys, mistSecret, keysFile);
  }

  public AuthOptions withKeys(List<CallerKey> keys) {
    return new AuthOptions(mode, key, keys, mistSecret, keysFile);
  }

  public AuthOptions withMistSecret(@Nullable Secret mistSecret) {
    return new AuthOptions(mode, key, keys, mistSecret, keysFile);
  }

  public AuthOptions withKeysFile(@Nullable Path keysFile) {
    return new AuthOptions(mode, key, keys, mistSecret, keysFile);
  }
}
