package dev.infermux.provider;

import dev.infermux.inference.Prefill;
import java.util.Map;

/**
 * How the models of a provider go on from the beginning of an answer.
 *
 * @param other of the models that are not named
 * @param models by the provider's own name
 */
public record PrefillOptions(Prefill other, Map<String, Prefill> models) {

  private static final PrefillOptions DEFAULTS = new PrefillOptions(Prefill.NONE, Map.of());

  public PrefillOptions {
    models = Map.copyOf(models);
  }

  /** None can. */
  public static PrefillOptions defaults() {
    return DEFAULTS;
  }

  /** All go on in the same way. */
  public static PrefillOptions all(Prefill prefill) {
    return new PrefillOptions(prefill, Map.of());
  }

  public PrefillOptions withOther(Prefill other) {
    return new PrefillOptions(other, models);
  }

  public PrefillOptions withModels(Map<String, Prefill> models) {
    return new PrefillOptions(other, models);
  }

  public Prefill of(String model) {
    return models.getOrDefault(model, other);
  }
}
