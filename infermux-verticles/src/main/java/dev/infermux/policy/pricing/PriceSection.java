package dev.infermux.policy.pricing;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The prices of one provider's models. */
final class PriceSection {

  /** Stands for every model that has no price of its own. */
  static final String ANY_MODEL = "*";

  private final Map<String, Price> models;

  /** What a family costs that is listed under the names of its snapshots alone. */
  private final Map<String, Price> families = new HashMap<>();

  PriceSection(Map<String, Price> models) {
    this.models = Map.copyOf(models);
    models.keySet().stream()
        .filter(model -> ModelFamily.of(model) != null)
        .sorted(PriceSection::newestLast)
        .forEach(model -> families.put(familyOf(model), this.models.get(model)));
  }

  /** The model's own price, else its family's, else the one of any model, else null. */
  @Nullable Price find(String model) {
    Price own = named(model);
    return own != null ? own : models.get(ANY_MODEL);
  }

  /** The model's own price, else its family's; a price for any model names no vendor. */
  @Nullable Price named(String model) {
    Price own = models.get(model);
    if (own != null) {
      return own;
    }
    Price family = families.get(model);
    if (family != null) {
      return family;
    }
    String shorter = ModelFamily.of(model);
    return shorter == null ? null : named(shorter);
  }

  /** The models it lists. */
  Set<String> names() {
    return models.keySet().stream()
        .filter(model -> !model.equals(ANY_MODEL))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether it has more than the price of any model. */
  boolean namesModels() {
    return models.keySet().stream().anyMatch(model -> !model.equals(ANY_MODEL));
  }

  private static String familyOf(String snapshot) {
    String family = ModelFamily.of(snapshot);
    return family == null ? snapshot : family;
  }

  private static int newestLast(String left, String right) {
    boolean leftLatest = left.endsWith("-latest");
    boolean rightLatest = right.endsWith("-latest");
    return leftLatest == rightLatest
        ? left.compareTo(right)
        : Boolean.compare(leftLatest, rightLatest);
  }
}
