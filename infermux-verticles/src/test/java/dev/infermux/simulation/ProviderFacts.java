package dev.infermux.simulation;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a provider says of a model, its account or a caller's key, beside its script. */
interface ProviderFacts {

  ProviderFacts NONE = (provider, attempt, moment) -> null;

  /** How it refuses an attempt at this moment of the hour; null when it does not. */
  @Nullable Failure said(String provider, Attempt attempt, Duration moment);
}
