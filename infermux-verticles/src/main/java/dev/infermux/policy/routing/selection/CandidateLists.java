package dev.infermux.policy.routing.selection;

import dev.infermux.inference.Operation;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.ServedModels;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lists of all models under one configuration: those that it names are worked out at once,
 * others when they are asked for. Of the latter a bounded number is remembered, because callers
 * choose the names. Safe on any thread.
 */
public final class CandidateLists {

  private static final int MOST_STRANGERS = 1_000;
  private static final int LONGEST_STRANGER = 256;

  private final List<ServedModels> offers;
  private final Eligibility eligibility;
  private final Map<Operation, Map<String, CandidateList>> remembered;
  private final int room;

  /**
   * Takes one configuration.
   *
   * @param offers of all providers in declared order
   * @param cursors outlive this configuration
   */
  public CandidateLists(
      RoutingOptions options,
      List<ServedModels> offers,
      ModelCatalog catalog,
      RoundRobinCursors cursors) {
    this.offers = List.copyOf(offers);
    RouteGroups groups = new RouteGroups(options, this.offers);
    this.eligibility = new Eligibility(groups, this.offers, catalog, cursors);
    Set<String> names = new HashSet<>(NameSuggestions.known(this.offers));
    names.addAll(groups.models());
    names.addAll(List.of("", RouteRequest.AUTO));
    this.offers.forEach(offer -> names.add(offer.provider()));
    this.remembered = remember(names);
    this.room = names.size() + MOST_STRANGERS;
  }

  private Map<Operation, Map<String, CandidateList>> remember(Set<String> names) {
    Map<Operation, Map<String, CandidateList>> all = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      Map<String, CandidateList> lists = new ConcurrentHashMap<>();
      names.forEach(
          name -> lists.put(name, eligibility.candidates(new RouteRequest(name, null, operation))));
      all.put(operation, lists);
    }
    return all;
  }

  /** The candidates for a request; empty when no provider serves it. */
  public CandidateList of(RouteRequest asked) {
    if (asked.pin() != null) {
      return eligibility.candidates(asked);
    }
    Map<String, CandidateList> known = Objects.requireNonNull(remembered.get(asked.operation()));
    CandidateList candidates = known.get(asked.model());
    return candidates == null ? look(asked, known) : candidates;
  }

  private CandidateList look(RouteRequest asked, Map<String, CandidateList> known) {
    CandidateList candidates = eligibility.candidates(asked);
    if (!candidates.isEmpty()
        && asked.model().length() <= LONGEST_STRANGER
        && known.size() < room) {
      known.put(asked.model(), candidates);
    }
    return candidates;
  }

  /** The names of all providers in declared order. */
  public List<String> providers() {
    return offers.stream().map(ServedModels::provider).toList();
  }

  /** Known names near to a model that no provider serves, nearest first, at most three. */
  public List<String> near(String model) {
    return NameSuggestions.to(model, offers);
  }
}
