package dev.infermux.policy.ratelimit;

import java.time.Duration;

/** Hears that a provider takes no more of a model until a reset. It must be quick. */
@FunctionalInterface
public interface LimitedListener {
  /** Nobody. */
  LimitedListener NONE = (model, reset) -> {};

  /** Called with the model as the provider knows it, and how long it is closed. */
  void limited(String model, Duration reset);
}
