package dev.infermux.pipeline;

import dev.infermux.budget.BudgetClient;
import dev.infermux.bus.BusAddresses;
import dev.infermux.bus.LocalBus;
import dev.infermux.pipeline.selection.Selection;
import dev.infermux.policy.routing.ResponseModel;
import dev.infermux.policy.routing.RoutingOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;

/** Runs the pipeline of one cell for whoever sends a call to the cell's address. */
public final class RouterVerticle extends VerticleBase {

  private final RouterComponents components;
  private final int cell;

  public RouterVerticle(RouterComponents components, int cell) {
    this.components = components;
    this.cell = cell;
  }

  @Override
  public Future<?> start() {
    AccountingStage line = assemble(new ProviderClient(vertx, components.instance(), cell));
    return new LocalBus(vertx).serve(BusAddresses.router(components.instance(), cell), line::run);
  }

  /** The line of stages, from the listener to the provider. This method is the architecture. */
  private AccountingStage assemble(ProviderClient providers) {
    RoutingOptions routing = components.routing();
    boolean continues = routing.failover().continuesStreams();
    CostBound bound =
        new CostBound(components.budgets(), components.routes(), components.pricing(), continues);
    BudgetClient budget = new BudgetClient(vertx, components.instance());
    Selection selection = new Selection(components.routes(), Clock.systemUTC());

    Stage attempt =
        new ExtendReservationStage(
            budget,
            bound,
            new AttemptStage(providers, components.pricing(), components.estimator()));
    Stage repaired = new FailoverStage(vertx, selection, components.standings(), routing, attempt);
    if (continues) {
      repaired =
          new ContinuationStage(
              selection, components.registry(), routing.failover(), attempt, repaired);
    }
    if (routing.responseModel() == ResponseModel.REQUESTED) {
      repaired = new ResponseModelStage(repaired);
    }
    Stage budgeting = new BudgetStage(vertx, budget, bound, repaired);
    Stage timeLimit = new DeadlineStage(vertx, budgeting);
    return new AccountingStage(components.intake(), timeLimit);
  }
}
