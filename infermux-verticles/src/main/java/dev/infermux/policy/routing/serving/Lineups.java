package dev.infermux.policy.routing.serving;

import dev.infermux.inference.Operation;
import dev.infermux.policy.routing.Offer;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.choice.Lineup;
import dev.infermux.policy.routing.choice.Rotors;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lineups of all models under one configuration: those that it names are worked out at once,
 * others when they are asked for. Of the latter a bounded number is remembered, because callers
 * choose the names. Safe on any thread.
 */
public final class Lineups {

  private static final int MOST_STRANGERS = 1_000;
  private static final int LONGEST_STRANGER = 256;

  private final List<Offer> offers;
  private final Eligibility eligibility;
  private final Map<Operation, Map<String, Lineup>> remembered;
  private final int room;

  /**
   * Takes one configuration.
   *
   * @param offers of all providers in declared order
   * @param rotors outlive this configuration
   */
  public Lineups(RoutingOptions options, List<Offer> offers, Catalogue catalogue, Rotors rotors) {
    this.offers = List.copyOf(offers);
    Groups groups = new Groups(options, this.offers);
    this.eligibility = new Eligibility(groups, this.offers, catalogue, rotors);
    Set<String> names = new HashSet<>(NearNames.known(this.offers));
    names.addAll(groups.models());
    names.addAll(List.of("", Asked.AUTO));
    this.offers.forEach(offer -> names.add(offer.provider()));
    this.remembered = remember(names);
    this.room = names.size() + MOST_STRANGERS;
  }

  private Map<Operation, Map<String, Lineup>> remember(Set<String> names) {
    Map<Operation, Map<String, Lineup>> all = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      Map<String, Lineup> lineups = new ConcurrentHashMap<>();
      names.forEach(
          name -> lineups.put(name, eligibility.lineup(new Asked(name, null, operation))));
      all.put(operation, lineups);
    }
    return all;
  }

  /** Who may serve what is asked for; an empty lineup when nobody does. */
  public Lineup of(Asked asked) {
    if (asked.pin() != null) {
      return eligibility.lineup(asked);
    }
    Map<String, Lineup> known = Objects.requireNonNull(remembered.get(asked.operation()));
    Lineup lineup = known.get(asked.model());
    return lineup == null ? look(asked, known) : lineup;
  }

  private Lineup look(Asked asked, Map<String, Lineup> known) {
    Lineup lineup = eligibility.lineup(asked);
    if (!lineup.isEmpty() && asked.model().length() <= LONGEST_STRANGER && known.size() < room) {
      known.put(asked.model(), lineup);
    }
    return lineup;
  }

  /** The names of all providers in declared order. */
  public List<String> providers() {
    return offers.stream().map(Offer::provider).toList();
  }

  /** Known names near to a model that nobody serves, nearest first, at most three. */
  public List<String> near(String model) {
    return NearNames.to(model, offers);
  }
}
