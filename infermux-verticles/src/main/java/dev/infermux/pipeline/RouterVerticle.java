package dev.infermux.pipeline;

import dev.infermux.inference.bus.BusAddresses;
import dev.infermux.inference.bus.LocalBus;
import dev.infermux.inference.call.Call;
import dev.infermux.mist.Envelope;
import dev.infermux.pipeline.choice.Selection;
import dev.infermux.pipeline.money.BudgetBus;
import dev.infermux.pipeline.money.Budgeting;
import dev.infermux.pipeline.money.Covering;
import dev.infermux.pipeline.money.Worth;
import dev.infermux.pipeline.repair.Continuation;
import dev.infermux.pipeline.repair.Failover;
import dev.infermux.pipeline.stage.Stage;
import dev.infermux.policy.routing.ResponseModel;
import dev.infermux.policy.routing.RoutingOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.Clock;

/** Runs the pipeline of one cell for whoever sends a call to the cell's address. */
public final class RouterVerticle extends VerticleBase {

  private final RouterParts parts;
  private final int cell;

  public RouterVerticle(RouterParts parts, int cell) {
    this.parts = parts;
    this.cell = cell;
  }

  @Override
  public Future<?> start() {
    LocalBus bus = new LocalBus(vertx);
    Accounting line = assemble(new CellBus(vertx, parts.instance(), cell));
    return vertx
        .eventBus()
        .<Envelope>localConsumer(BusAddresses.router(parts.instance(), cell))
        .handler(message -> bus.reply(message, line.run(callOf(message))))
        .completion();
  }

  /** The line of stages, from the door to the provider. This method is the architecture. */
  private Accounting assemble(CellBus bus) {
    RoutingOptions routing = parts.routing();
    boolean continues = routing.failover().continuesStreams();
    Worth worth = new Worth(parts.budgets(), parts.routes(), parts.pricing(), continues);
    BudgetBus money = new BudgetBus(vertx, parts.instance());
    Selection selection = new Selection(parts.routes(), Clock.systemUTC());

    Stage attempt =
        new Covering(money, worth, new ProviderHop(bus, parts.pricing(), parts.estimator()));
    Stage repaired = new Failover(vertx, selection, parts.standings(), routing, attempt);
    if (continues) {
      repaired =
          new Continuation(selection, parts.registry(), routing.failover(), attempt, repaired);
    }
    if (routing.responseModel() == ResponseModel.REQUESTED) {
      repaired = new CallersModel(repaired);
    }
    Stage budgeting = new Budgeting(vertx, money, worth, repaired);
    Stage timeLimit = new TimeLimit(vertx, budgeting);
    return new Accounting(parts.intake(), timeLimit);
  }

  private static Call callOf(Message<Envelope> message) {
    return (Call) message.body().payload();
  }
}
