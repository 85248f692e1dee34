package dev.infermux.pipeline;

import dev.infermux.budget.BudgetClient;
import dev.infermux.bus.BusAddresses;
import dev.infermux.bus.LocalBus;
import dev.infermux.ledger.Durability;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Runs the pipeline of one cell: calls arrive on the cell's address. */
public final class RouterVerticle extends VerticleBase {

  private final RouterComponents components;
  private final Durability durability;
  private final int cell;

  public RouterVerticle(RouterComponents components, Durability durability, int cell) {
    this.components = components;
    this.durability = durability;
    this.cell = cell;
  }

  @Override
  public Future<?> start() {
    Pipeline pipeline =
        Pipeline.assemble(
            vertx,
            components,
            new ProviderClient(vertx, components.registry(), components.instance(), cell),
            new BudgetClient(vertx, components.instance()),
            durability);
    LocalBus bus = new LocalBus(vertx);
    return bus.listen(BusAddresses.refusals(components.instance(), cell), pipeline::refused)
        .compose(
            listening ->
                bus.serve(BusAddresses.router(components.instance(), cell), pipeline::run));
  }
}
