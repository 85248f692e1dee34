package dev.infermux.policy.routing.selection;

import java.util.function.LongBinaryOperator;

/** What the price catalogue knows of a provider and a model under the provider's name for it. */
public interface ModelCatalog {

  ModelOwnership place(String provider, String model);

  /**
   * What a call costs there: prompt and completion tokens to nano-dollars; {@link Long#MAX_VALUE}
   * without a known price.
   */
  LongBinaryOperator price(String provider, String model);
}
