package dev.infermux.inbound.auth;

import dev.infermux.inference.Secret;
import dev.infermux.policy.ratelimit.CallerLimitOptions;
import org.jspecify.annotations.Nullable;

/**
 * A key that decides the attribution of what comes with it.
 *
 * @param limits of its caller; null = those of every caller
 */
public record CallerKey(
    Secret key,
    String caller,
    @Nullable String project,
    @Nullable String env,
    @Nullable CallerLimitOptions limits) {

  public CallerKey(Secret key, String caller, @Nullable String project, @Nullable String env) {
    this(key, caller, project, env, null);
  }
}
