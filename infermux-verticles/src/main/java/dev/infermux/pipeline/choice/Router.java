package dev.infermux.pipeline.choice;

import dev.infermux.inference.call.Call;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.Offer;
import dev.infermux.policy.routing.RoutePlan;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.choice.Planner;
import dev.infermux.policy.routing.choice.Rotors;
import dev.infermux.policy.routing.serving.Catalogue;
import dev.infermux.policy.routing.serving.Lineups;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.Registry;
import dev.infermux.standing.Standing;
import dev.infermux.standing.Standings;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What all cells share of routing: the rules, whose turn it is, and one table that is made anew
 * when the registry changes. Safe on any thread.
 */
public final class Router {

  private final Registry registry;
  private final RoutingOptions options;
  private final Standings standings;
  private final Catalogue catalogue;
  private final Rotors rotors = new Rotors();
  private final AtomicReference<RoutingTable> table;

  /**
   * Takes what choices depend on.
   *
   * @param standings of every provider in the registry
   */
  public Router(
      Registry registry, RoutingOptions options, Standings standings, Catalogue catalogue) {
    this.registry = registry;
    this.options = options;
    this.standings = standings;
    this.catalogue = catalogue;
    this.table = new AtomicReference<>(tableOf(registry.snapshot()));
  }

  /** What would happen to a call now, without doing it. */
  public RoutePlan explain(Call call) {
    return table().plan(call);
  }

  /** Whoever a call may reach if it asks for this model, failover included. */
  public List<Candidate> reachable(Call call, String model) {
    return table().reachable(call, model);
  }

  RoutingTable table() {
    List<RegisteredProvider> snapshot = registry.snapshot();
    RoutingTable current = Objects.requireNonNull(table.get());
    if (current.isOf(snapshot)) {
      return current;
    }
    RoutingTable fresh = tableOf(snapshot);
    table.compareAndSet(current, fresh);
    return fresh;
  }

  private RoutingTable tableOf(List<RegisteredProvider> providers) {
    List<Offer> offers = providers.stream().map(RoutingTable::offer).toList();
    Lineups lineups = new Lineups(options, offers, catalogue, rotors);
    Planner planner = new Planner(lineups.providers(), options.failover().mostProviders());
    return new RoutingTable(
        providers,
        lineups,
        planner,
        providers.stream().map(this::standing).toArray(Standing[]::new));
  }

  private Standing standing(RegisteredProvider provider) {
    return standings
        .of(provider.name())
        .orElseThrow(
            () -> new IllegalStateException("provider " + provider.name() + " has no standing"));
  }
}
