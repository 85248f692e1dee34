package dev.infermux.policy.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who may serve a model, out of all that the providers offer. Immutable. */
public final class Eligibility {

  private static final String AUTO = "auto";

  private final List<Offer> offers;

  /**
   * Takes the offers of all providers.
   *
   * @param offers in declared order
   */
  public Eligibility(List<Offer> offers) {
    this.offers = List.copyOf(offers);
  }

  /**
   * The candidates for a model in declared order; empty when nobody serves it.
   *
   * @param model the caller's name for it; empty or {@code auto} = any provider's first model; a
   *     provider's name = that provider's first model
   * @param pin the only provider allowed, or null
   */
  public List<Candidate> candidates(String model, @Nullable String pin) {
    List<Candidate> eligible = new ArrayList<>(offers.size());
    boolean any = model.isEmpty() || model.equals(AUTO);
    for (Offer offer : offers) {
      if (pin != null && !pin.equals(offer.provider())) {
        continue;
      }
      String own = any ? offer.firstModel() : offer.modelFor(model);
      if (own != null) {
        eligible.add(new Candidate(offer.provider(), own));
      }
    }
    if (!any) {
      namedProvider(model, pin).ifPresent(named -> replace(eligible, named));
    }
    return eligible;
  }

  /** Known names near to a model that nobody serves, nearest first, at most three. */
  public List<String> near(String model) {
    TreeSet<String> known = new TreeSet<>();
    for (Offer offer : offers) {
      known.addAll(offer.models() == null ? List.of() : offer.models());
      known.addAll(offer.aliases().keySet());
    }
    int farthest = Math.max(2, model.length() / 3);
    return known.stream()
        .filter(name -> EditDistance.between(name, model) <= farthest)
        .sorted(Comparator.comparingInt(name -> EditDistance.between(name, model)))
        .limit(3)
        .toList();
  }

  private Optional<Candidate> namedProvider(String model, @Nullable String pin) {
    return offers.stream()
        .filter(offer -> offer.provider().equals(model))
        .filter(offer -> pin == null || pin.equals(offer.provider()))
        .findFirst()
        .flatMap(offer -> Optional.ofNullable(offer.firstModel()))
        .map(first -> new Candidate(model, first));
  }

  private static void replace(List<Candidate> eligible, Candidate named) {
    eligible.clear();
    eligible.add(named);
  }
}
