package dev.infermux.pipeline;

import dev.infermux.budget.BudgetClient;
import dev.infermux.bus.BusAddresses;
import dev.infermux.bus.LocalBus;
import dev.infermux.ledger.Durability;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs the pipeline of one cell: calls arrive on the cell's address. Each call passes the pipeline
 * of the rules that were in force when it came, to its end.
 */
public final class RouterVerticle extends VerticleBase {

  private final RouterComponents components;
  private final Durability durability;
  private final int cell;
  private @Nullable AttemptSender providers;
  private @Nullable BudgetClient reservations;
  private @Nullable CallRules rules;
  private @Nullable Pipeline pipeline;

  public RouterVerticle(RouterComponents components, Durability durability, int cell) {
    this.components = components;
    this.durability = durability;
    this.cell = cell;
  }

  @Override
  public Future<?> start() {
    String instance = components.instance();
    providers = new ProviderClient(vertx, components.registry(), instance, cell);
    reservations = new BudgetClient(vertx, instance);
    LocalBus bus = new LocalBus(vertx);
    return bus.listen(BusAddresses.refusals(instance, cell), refused -> now().refused(refused))
        .compose(
            listening -> bus.serve(BusAddresses.router(instance, cell), call -> now().run(call)));
  }

  private Pipeline now() {
    CallRules now = components.rules().now();
    Pipeline current = pipeline;
    if (current == null || now != rules) {
      current =
          Pipeline.assemble(
              vertx,
              components,
              Objects.requireNonNull(providers),
              Objects.requireNonNull(reservations),
              durability);
      rules = now;
      pipeline = current;
    }
    return current;
  }
}
