package dev.infermux.policy.routing.selection;

import dev.infermux.inference.Exclusion;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.policy.routing.ScoredCandidate;
import dev.infermux.policy.routing.ServedModels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds who may serve one call and why the others may not, out of what all providers offer. */
final class Eligibility {

  private final RouteGroups groups;
  private final List<ServedModels> offers;
  private final ModelCatalog catalog;
  private final RoundRobinCursors cursors;

  /**
   * Takes the offers of all providers.
   *
   * @param offers in declared order
   */
  Eligibility(
      RouteGroups groups,
      List<ServedModels> offers,
      ModelCatalog catalog,
      RoundRobinCursors cursors) {
    this.groups = groups;
    this.offers = offers;
    this.catalog = catalog;
    this.cursors = cursors;
  }

  CandidateList candidates(RouteRequest asked) {
    GroupOptions group = groups.of(asked.model());
    Inquiry inquiry = new Inquiry(asked, group, namedProvider(asked));
    inquiry.run();
    String name = group == null ? "" : group.name();
    return new CandidateList(name, strategy(group), inquiry.contenders(), inquiry.reasons, cursors);
  }

  private RoutingStrategy strategy(@Nullable GroupOptions group) {
    RoutingStrategy own = group == null ? null : group.strategy();
    return own == null ? groups.strategy() : own;
  }

  /** The provider of the name that was asked for as a model, if it can stand for one. */
  private @Nullable ServedModels namedProvider(RouteRequest asked) {
    for (ServedModels offer : offers) {
      if (offer.provider().equals(asked.model()) && offer.firstModel() != null) {
        return offer;
      }
    }
    return null;
  }

  /** One call's question to every provider. */
  private final class Inquiry {
    private final RouteRequest asked;
    private final @Nullable GroupOptions group;
    private final @Nullable ServedModels named;
    private final @Nullable Exclusion[] reasons = new Exclusion[offers.size()];
    private final @Nullable String[] models = new String[offers.size()];
    private final ModelOwnership[] ownerships = new ModelOwnership[offers.size()];

    Inquiry(RouteRequest asked, @Nullable GroupOptions group, @Nullable ServedModels named) {
      this.asked = asked;
      this.group = group;
      this.named = named;
    }

    void run() {
      boolean claimed = false;
      for (int i = 0; i < reasons.length; i++) {
        reasons[i] = reason(i, offers.get(i));
        claimed |= reasons[i] == null && ownerships[i] == ModelOwnership.CLAIMED;
      }
      for (int i = 0; claimed && i < reasons.length; i++) {
        if (reasons[i] == null && ownerships[i] == ModelOwnership.DOUBTFUL) {
          reasons[i] = Exclusion.MODEL;
        }
      }
    }

    private @Nullable Exclusion reason(int index, ServedModels offer) {
      if (group != null
          && !group.providers().isEmpty()
          && !group.providers().contains(offer.provider())) {
        return Exclusion.GROUP;
      }
      if (asked.pin() != null && !asked.pin().equals(offer.provider())) {
        return Exclusion.PIN;
      }
      String model = modelOf(index, offer);
      if (model == null) {
        return Exclusion.MODEL;
      }
      models[index] = model;
      return offer.operations().contains(asked.operation()) ? null : Exclusion.OPERATION;
    }

    private @Nullable String modelOf(int index, ServedModels offer) {
      ownerships[index] = ModelOwnership.CLAIMED;
      if (asked.auto()) {
        String first = offer.firstModel();
        return first == null && asked.operation().modelless() ? "" : first;
      }
      if (named != null) {
        return named.equals(offer) ? offer.firstModel() : null;
      }
      String declared = offer.declared(asked.model());
      if (declared != null || !offer.open()) {
        return declared;
      }
      ModelOwnership ownership = catalog.place(offer.provider(), asked.model());
      ownerships[index] = ownership;
      return ownership == ModelOwnership.FOREIGN ? null : asked.model();
    }

    List<ScoredCandidate> contenders() {
      List<ScoredCandidate> contenders = new ArrayList<>();
      for (int i = 0; i < reasons.length; i++) {
        String model = models[i];
        if (reasons[i] == null && model != null) {
          String provider = offers.get(i).provider();
          contenders.add(
              new ScoredCandidate(
                  i, new Candidate(provider, model), catalog.price(provider, model)));
        }
      }
      return contenders;
    }
  }
}
