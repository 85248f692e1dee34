package dev.infermux.cluster.trouble;

import dev.infermux.cluster.postgres.PostgresLedgers;
import dev.infermux.inference.Secret;
import dev.infermux.inference.Usd;
import dev.infermux.ledger.SharedLedger;
import dev.infermux.ledger.SharedLedgers;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.mist.bus.EnvelopeCodec;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.budget.ReservationRequest;
import dev.infermux.policy.budget.SharedBudgetOptions;
import dev.infermux.policy.budget.UnitPrice;
import dev.infermux.time.Time;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The ledger of a node without a gateway around it, on an event loop of its own. */
final class LedgerNode implements AutoCloseable {

  /** A nano-dollar for each token of the prompt. */
  private static final UnitPrice PRICE = new UnitPrice(new Usd(1_000_000), Usd.ZERO);

  private final Vertx vertx = Vertx.vertx();
  private final Loop loop = new Loop();
  private final SharedLedger ledger;

  private LedgerNode(BudgetOptions options, Duration ahead) {
    EnvelopeCodec.register(vertx);
    Time own = VertxTimers.time(vertx);
    Time time = new Time(own.ticker(), () -> own.clock().instant().plus(ahead), own.timers());
    ledger =
        new PostgresLedgers()
            .open(new SharedLedgers.Setup(vertx, options, "infermux", time, alert -> {}))
            .await();
    vertx.deployVerticle(loop).await();
  }

  /** Starts one whose clock is ahead by so much. */
  static LedgerNode start(BudgetOptions options, Duration ahead) {
    LedgerNode node = new LedgerNode(options, ahead);
    try {
      node.on(() -> node.ledger.begin()).await();
      return node;
    } catch (RuntimeException e) {
      node.on(() -> node.ledger.close()).transform(closed -> node.vertx.close()).await();
      throw e;
    }
  }

  static LedgerNode start(BudgetOptions options) {
    return start(options, Duration.ZERO);
  }

  static BudgetOptions budgets(String url, Path stateFile) {
    return BudgetOptions.defaults()
        .withStateFile(stateFile)
        .withShared(SharedBudgetOptions.of(Secret.of(url)));
  }

  static CallerBudget budget(String caller, String usd) {
    return new CallerBudget(caller, new BigDecimal(usd), BudgetAction.HARD_STOP, null);
  }

  Future<BudgetVerdict> reserve(String caller, long nanos) {
    ReservationRequest request =
        new ReservationRequest(
            caller, "m", nanos, 0, 1, 0, PRICE, null, ReservationRequest.Unlimited.FREELY);
    return on(() -> ledger.reserve(request));
  }

  /** One call that costs what it holds. */
  Future<BudgetVerdict> call(String caller, long nanos) {
    return reserve(caller, nanos)
        .compose(
            verdict -> {
              Reservation reservation = verdict.reservation();
              return reservation == null
                  ? Future.succeededFuture(verdict)
                  : settle(reservation, nanos).map(verdict);
            });
  }

  Future<Void> settle(Reservation reservation, long nanos) {
    CostEntry cost = new CostEntry("p", "g", "openai", "gpt", new Usd(nanos), 1, 1);
    return on(
        () -> {
          ledger.settle(reservation, List.of(cost));
          return Future.succeededFuture();
        });
  }

  SharedLedger ledger() {
    return ledger;
  }

  <T> Future<T> on(Supplier<Future<T>> task) {
    return loop.run(task);
  }

  @Override
  public void close() {
    on(ledger::close).await();
    vertx.close().await();
  }

  /** Has an event loop. */
  private static final class Loop extends VerticleBase {
    <T> Future<T> run(Supplier<Future<T>> task) {
      return Future.future(promise -> context.runOnContext(here -> task.get().onComplete(promise)));
    }
  }
}
