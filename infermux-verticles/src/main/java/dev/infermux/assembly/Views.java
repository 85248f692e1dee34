package dev.infermux.assembly;

import dev.infermux.budget.BudgetQueries;
import dev.infermux.inbound.management.view.ManagementViews;
import dev.infermux.operations.BudgetGauges;
import dev.infermux.operations.BudgetPreview;
import dev.infermux.operations.CostService;
import dev.infermux.operations.EventFeed;
import dev.infermux.operations.GatewayFacts;
import dev.infermux.operations.GatewayService;
import dev.infermux.operations.Operations;
import dev.infermux.operations.ProviderService;
import dev.infermux.operations.RecentSpendService;
import dev.infermux.operations.RouteService;
import dev.infermux.pipeline.RouterComponents;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.provider.guard.Registry;
import dev.infermux.vertx.Contexts;
import dev.infermux.vertx.EventLoops;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Introduces what there is to see of one InferMux to the management API. */
final class Views {

  private Views() {}

  /** All of it; what shows in the metrics is registered with them. */
  static ManagementViews of(
      Vertx vertx, Observability seen, Cells cells, OwnFacts own, Reloads reloads) {
    RouterComponents router = cells.router();
    Operations operations = seen.operations();
    Registry registry = router.registry();
    Supplier<Future<Void>> settled = () -> settled(vertx, cells);
    BudgetQueries money = new BudgetQueries(vertx, router.instance(), settled);
    Supplier<List<String>> budgeted = () -> budgeted(router.rules().now().budgets());
    BudgetGauges gauges =
        new BudgetGauges(money, budgeted, () -> kept(router.rules().now().budgets()));
    gauges.register(operations.metrics());
    operations.callListeners().add(gauges);
    EventFeed events =
        new EventFeed(seen.publisher().publications(), operations.lifecycle(), seen.cluster());
    events.register(operations.metrics());
    return new ManagementViews(
        gateway(vertx, seen, router, own),
        new ProviderService(registry, operations.recent()),
        new RouteService(
            router::explain,
            new BudgetPreview(
                money, () -> router.rules().now().budgets(), router::reservationRequest)),
        new CostService(money, budgeted, InstantSource.system()),
        operations.holders(),
        new SettledRequests(operations.requests(), settled),
        operations.traffic(),
        recent(money, operations, router),
        events,
        operations.metricsView(vertx, gauges::refresh),
        reloads,
        reloads.keys(),
        reloads.budgets(),
        own);
  }

  private static GatewayService gateway(
      Vertx vertx, Observability seen, RouterComponents router, OwnFacts own) {
    Operations operations = seen.operations();
    return new GatewayService(
            own.pong(),
            operations.lifecycle(),
            router.registry(),
            operations.recent(),
            new GatewayFacts(
                router.instruments().admission()::inFlight,
                operations.lag()::stalled,
                EventLoops.transport(vertx),
                seen.traceUrl()))
        .register(operations.metrics());
  }

  /**
   * Completes when what calls have cost is in the ledger, of all whose last event has been written:
   * it is sent there by the same task of their event loop. Whoever asks waits for that, and no
   * call.
   */
  private static Future<Void> settled(Vertx vertx, Cells cells) {
    Promise<Void> here = Contexts.promise(vertx);
    cells.settled().onComplete(here);
    return here.future();
  }

  private static RecentSpendService recent(
      BudgetQueries money, Operations operations, RouterComponents router) {
    return new RecentSpendService(
        money,
        operations.unpriced(),
        () -> router.rules().now().budgets().stateFile() != null,
        InstantSource.system());
  }

  private static boolean kept(BudgetOptions budgets) {
    return !budgets.callers().isEmpty() || budgets.stateFile() != null || budgets.shared() != null;
  }

  private static List<String> budgeted(BudgetOptions budgets) {
    return budgets.callers().stream()
        .map(CallerBudget::caller)
        .filter(caller -> !caller.equals(CallerBudget.EVERYONE_ELSE))
        .toList();
  }
}
