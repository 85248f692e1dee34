package dev.infermux.pipeline.selection;

import dev.infermux.inference.Call;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.RoutePlan;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.ServedModels;
import dev.infermux.policy.routing.selection.CandidateLists;
import dev.infermux.policy.routing.selection.ModelCatalog;
import dev.infermux.policy.routing.selection.Planner;
import dev.infermux.policy.routing.selection.RoundRobinCursors;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.Registry;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.ProviderStates;
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
  private final ProviderStates states;
  private final ModelCatalog catalog;
  private final RoundRobinCursors cursors = new RoundRobinCursors();
  private final AtomicReference<RoutingTable> table;

  /**
   * Takes what choices depend on.
   *
   * @param standings of every provider in the registry
   */
  public Router(
      Registry registry, RoutingOptions options, ProviderStates states, ModelCatalog catalog) {
    this.registry = registry;
    this.options = options;
    this.states = states;
    this.catalog = catalog;
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
    List<ServedModels> offers = providers.stream().map(RoutingTable::offer).toList();
    CandidateLists candidates = new CandidateLists(options, offers, catalog, cursors);
    Planner planner = new Planner(candidates.providers(), options.failover().mostProviders());
    return new RoutingTable(
        providers,
        candidates,
        planner,
        providers.stream().map(this::standing).toArray(ProviderState[]::new));
  }

  private ProviderState standing(RegisteredProvider provider) {
    return states
        .of(provider.name())
        .orElseThrow(
            () -> new IllegalStateException("provider " + provider.name() + " has no standing"));
  }
}
