package dev.infermux.policy.routing.selection;

import dev.infermux.policy.routing.ServedModels;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Suggests what a caller may have meant by a model that no provider serves. */
final class NameSuggestions {

  private NameSuggestions() {}

  /** Other known names near to this one, nearest first, at most three. */
  static List<String> to(String model, List<ServedModels> offers) {
    int farthest = Math.max(2, model.length() / 3);
    return known(offers).stream()
        .filter(name -> !name.equals(model) && EditDistance.between(name, model) <= farthest)
        .sorted(Comparator.comparingInt(name -> EditDistance.between(name, model)))
        .limit(3)
        .toList();
  }

  /** Every model that a provider lists or has an alias for. */
  static Set<String> known(List<ServedModels> offers) {
    Set<String> known = new TreeSet<>();
    for (ServedModels offer : offers) {
      known.addAll(offer.models() == null ? List.of() : offer.models());
      known.addAll(offer.aliases().keySet());
    }
    return known;
  }
}
