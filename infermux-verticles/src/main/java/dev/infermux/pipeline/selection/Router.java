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
import dev.infermux.provider.guard.ProviderSnapshot;
import dev.infermux.provider.guard.Registry;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Routing as all cells share it: the round-robin turns, and one table that is made anew when the
 * registry changes. Safe on any thread.
 */
public final class Router {

  private final Registry registry;
  private final Function<ProviderSnapshot, ModelCatalog> catalogs;
  private final RoundRobinCursors cursors = new RoundRobinCursors();
  private final AtomicReference<RoutingTable> table;

  /**
   * Takes what choices depend on.
   *
   * @param catalogs makes what the price catalogue knows of one snapshot's providers
   */
  public Router(Registry registry, Function<ProviderSnapshot, ModelCatalog> catalogs) {
    this.registry = registry;
    this.catalogs = catalogs;
    this.table = new AtomicReference<>(tableOf(registry.snapshot()));
  }

  /** What would happen to a call now, without doing it. */
  public RoutePlan explain(Call call) {
    return table().plan(call);
  }

  /** The providers that a call for this model may reach, failover included. */
  public List<Candidate> reachable(Call call, String model) {
    return table().reachable(call, model);
  }

  RoutingTable table() {
    ProviderSnapshot snapshot = registry.snapshot();
    RoutingTable current = Objects.requireNonNull(table.get());
    if (current.isOf(snapshot)) {
      return current;
    }
    RoutingTable fresh = tableOf(snapshot);
    table.compareAndSet(current, fresh);
    return fresh;
  }

  private RoutingTable tableOf(ProviderSnapshot snapshot) {
    RoutingOptions options = snapshot.routing();
    List<ServedModels> offers = snapshot.providers().stream().map(RoutingTable::offer).toList();
    CandidateLists candidates =
        new CandidateLists(options, offers, catalogs.apply(snapshot), cursors);
    Planner planner = new Planner(candidates.providers(), options.failover().mostProviders());
    return new RoutingTable(snapshot, candidates, planner);
  }
}
