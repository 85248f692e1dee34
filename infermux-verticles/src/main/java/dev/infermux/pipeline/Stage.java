package dev.infermux.pipeline;

import dev.infermux.inference.ProviderAnswer;
import io.vertx.core.Future;

/**
 * One behaviour of the line; it wraps the next. A stage runs on the call's event loop, and fails
 * with an {@link dev.infermux.inference.InferenceException} or {@link dev.infermux.bus.BusFailure}
 * only.
 */
public interface Stage {
  Future<ProviderAnswer> run(CallContext context);
}
