package dev.infermux.pipeline;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.AttemptResult;
import io.vertx.core.Future;

/** Sends attempts to providers by name; the pipeline's only way to them. */
interface AttemptSender {

  /** Fails with {@code NoHealthyProviders} when the provider was just removed. */
  Future<AttemptResult> attempt(String provider, Attempt attempt);
}
