package dev.infermux.keys;

import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.ratelimit.CallerLimitOptions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a key is asked for.
 *
 * @param project empty = none; so is {@code env}
 * @param models that may be asked for, each by its name, or with {@code *} at its end; none = all
 * @param expiresAt null = never
 * @param limits of its caller; null = those of every caller
 * @param budget of its caller; null = that of the configuration, if there is one
 */
public record KeyRequest(
    String caller,
    String project,
    String env,
    List<String> models,
    @Nullable Instant expiresAt,
    @Nullable CallerLimitOptions limits,
    @Nullable CallerBudget budget) {

  public KeyRequest {
    models = List.copyOf(models);
  }
}
