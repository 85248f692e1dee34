package dev.infermux.assembly;

import dev.infermux.config.ConfigChange;
import io.vertx.core.Future;

/**
 * A configuration that new calls meet.
 *
 * @param change what it brought
 * @param drained completes when the last attempt at a provider that left has ended, and the
 *     provider with it
 */
public record AppliedConfig(ConfigChange change, Future<Void> drained) {}
