package dev.infermux.policy.routing.serving;

import dev.infermux.inference.Exclusion;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.Offer;
import dev.infermux.policy.routing.StrategyName;
import dev.infermux.policy.routing.choice.Contender;
import dev.infermux.policy.routing.choice.Lineup;
import dev.infermux.policy.routing.choice.Rotors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds who may serve one call and why the others may not, out of what all providers offer. */
final class Eligibility {

  private final Groups groups;
  private final List<Offer> offers;
  private final Catalogue catalogue;
  private final Rotors rotors;

  /**
   * Takes the offers of all providers.
   *
   * @param offers in declared order
   */
  Eligibility(Groups groups, List<Offer> offers, Catalogue catalogue, Rotors rotors) {
    this.groups = groups;
    this.offers = offers;
    this.catalogue = catalogue;
    this.rotors = rotors;
  }

  Lineup lineup(Asked asked) {
    GroupOptions group = groups.of(asked.model());
    Inquiry inquiry = new Inquiry(asked, group, namedProvider(asked));
    inquiry.run();
    String name = group == null ? "" : group.name();
    return new Lineup(name, strategy(group), inquiry.contenders(), inquiry.reasons, rotors);
  }

  private StrategyName strategy(@Nullable GroupOptions group) {
    StrategyName own = group == null ? null : group.strategy();
    return own == null ? groups.strategy() : own;
  }

  /** The provider of the name that was asked for as a model, if it can stand for one. */
  private @Nullable Offer namedProvider(Asked asked) {
    for (Offer offer : offers) {
      if (offer.provider().equals(asked.model()) && offer.firstModel() != null) {
        return offer;
      }
    }
    return null;
  }

  /** One call's question to every provider. */
  private final class Inquiry {
    private final Asked asked;
    private final @Nullable GroupOptions group;
    private final @Nullable Offer named;
    private final @Nullable Exclusion[] reasons = new Exclusion[offers.size()];
    private final @Nullable String[] models = new String[offers.size()];
    private final Placement[] placements = new Placement[offers.size()];

    Inquiry(Asked asked, @Nullable GroupOptions group, @Nullable Offer named) {
      this.asked = asked;
      this.group = group;
      this.named = named;
    }

    void run() {
      boolean claimed = false;
      for (int i = 0; i < reasons.length; i++) {
        reasons[i] = reason(i, offers.get(i));
        claimed |= reasons[i] == null && placements[i] == Placement.CLAIMED;
      }
      for (int i = 0; claimed && i < reasons.length; i++) {
        if (reasons[i] == null && placements[i] == Placement.DOUBTFUL) {
          reasons[i] = Exclusion.MODEL;
        }
      }
    }

    private @Nullable Exclusion reason(int index, Offer offer) {
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

    private @Nullable String modelOf(int index, Offer offer) {
      placements[index] = Placement.CLAIMED;
      if (asked.auto()) {
        return offer.firstModel();
      }
      if (named != null) {
        return named.equals(offer) ? offer.firstModel() : null;
      }
      String declared = offer.declared(asked.model());
      if (declared != null || !offer.open()) {
        return declared;
      }
      Placement placement = catalogue.place(offer.provider(), asked.model());
      placements[index] = placement;
      return placement == Placement.FOREIGN ? null : asked.model();
    }

    List<Contender> contenders() {
      List<Contender> contenders = new ArrayList<>();
      for (int i = 0; i < reasons.length; i++) {
        String model = models[i];
        if (reasons[i] == null && model != null) {
          String provider = offers.get(i).provider();
          contenders.add(
              new Contender(i, new Candidate(provider, model), catalogue.price(provider, model)));
        }
      }
      return contenders;
    }
  }
}
