package dev.infermux.pipeline;

import dev.infermux.budget.BudgetClient;
import dev.infermux.bus.BusAddresses;
import dev.infermux.bus.LocalBus;
import dev.infermux.ledger.Durability;
import dev.infermux.time.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs the pipeline of one cell: calls arrive on the cell's address. Each call passes the pipeline
 * of the rules that were in force when it came, to its end.
 */
public final class RouterVerticle extends VerticleBase {

  /** A provider of a program may not end when it is told to. */
  private static final Duration LONGEST_END = Duration.ofSeconds(2);

  private static final int TURNS = 4;

  private final RouterComponents components;
  private final Durability durability;
  private final int cell;
  private @Nullable AttemptSender providers;
  private @Nullable BudgetClient reservations;
  private @Nullable CallRules rules;
  private @Nullable Pipeline pipeline;

  /** Those of former rules as long as they have calls in flight. */
  private final List<Pipeline> former = new ArrayList<>();

  public RouterVerticle(RouterComponents components, Durability durability, int cell) {
    this.components = components;
    this.durability = durability;
    this.cell = cell;
  }

  @Override
  public Future<?> start() {
    String instance = components.instance();
    providers = new ProviderClient(vertx, components.registry(), instance, cell);
    reservations = new BudgetClient(vertx, instance, components.time().timers());
    LocalBus bus = new LocalBus(vertx);
    return bus.listen(BusAddresses.refusals(instance, cell), refused -> now().refused(refused))
        .compose(
            listening -> bus.serve(BusAddresses.router(instance, cell), call -> now().run(call)));
  }

  /** Ends what is in flight, so that all that is held for it is given back before the cell ends. */
  @Override
  public Future<?> stop() {
    if (pipeline != null) {
      former.add(pipeline);
    }
    Promise<Void> late = Promise.promise();
    Timer timer = components.time().timers().start(LONGEST_END, late::tryComplete);
    Future<?> ended = Future.all(former.stream().map(one -> one.calls().cancel()).toList());
    return Future.any(ended, late.future())
        .onComplete(any -> timer.cancel())
        .transform(any -> delivered(TURNS));
  }

  /** What was said last is delivered by tasks of its own: after them this context may end. */
  private Future<Void> delivered(int turns) {
    Promise<Void> turn = Promise.promise();
    vertx.runOnContext(now -> turn.complete());
    return turns == 0 ? turn.future() : turn.future().compose(done -> delivered(turns - 1));
  }

  private Pipeline now() {
    CallRules now = components.rules().now();
    Pipeline current = pipeline;
    if (current == null || now != rules) {
      former.removeIf(one -> one.calls().isEmpty());
      if (current != null) {
        former.add(current);
      }
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
