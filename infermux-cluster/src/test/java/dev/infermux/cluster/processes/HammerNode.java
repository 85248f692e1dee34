package dev.infermux.cluster.processes;

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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * One node as a process: the real ledger, calls that are made up, and a file of what a provider
 * would have charged. Its arguments: url, state file, truth file, callers, limit in nano-dollars,
 * calls a second.
 */
final class HammerNode extends VerticleBase {

  static final long SMALLEST = 1_000_000;
  static final long LARGEST = 20_000_000;

  private static final UnitPrice PRICE = new UnitPrice(new Usd(1_000_000), Usd.ZERO);

  private final SharedLedger ledger;
  private final FileChannel truth;
  private final int callers;
  private final double rate;
  private final Random random = new Random();
  private long timer = -1;

  private HammerNode(SharedLedger ledger, FileChannel truth, int callers, double rate) {
    this.ledger = ledger;
    this.truth = truth;
    this.callers = callers;
    this.rate = rate;
  }

  public static void main(String[] arguments) throws Exception {
    Vertx vertx = Vertx.vertx();
    EnvelopeCodec.register(vertx);
    Time time = VertxTimers.time(vertx);
    int callers = Integer.parseInt(arguments[3]);
    BudgetOptions options = options(arguments, callers);
    SharedLedger ledger =
        get(
            new PostgresLedgers()
                .open(new SharedLedgers.Setup(vertx, options, "infermux", time, alert -> {})));
    FileChannel truth =
        FileChannel.open(
            Path.of(arguments[2]), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    double rate = Double.parseDouble(arguments[5]);
    String deployed = get(vertx.deployVerticle(new HammerNode(ledger, truth, callers, rate)));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    get(vertx.undeploy(deployed));
                    System.out.println("left");
                  } catch (Exception e) {
                    System.out.println("not left: " + e);
                  }
                }));
    // Without calls it is there to give back what was left: a ledger begins after 5 s without that.
    while (rate == 0 && ledger.status().tables().version() == 0) {
      Thread.sleep(50);
    }
    System.out.println("ready");
  }

  static BudgetOptions options(String[] arguments, int callers) {
    return BudgetOptions.defaults()
        .withStateFile(Path.of(arguments[1]))
        .withShared(
            new SharedBudgetOptions(
                Secret.of(arguments[0]),
                4,
                SharedBudgetOptions.HORIZON,
                Duration.ZERO,
                SharedBudgetOptions.LOST_AFTER))
        .withCallers(
            IntStream.range(0, callers)
                .mapToObj(
                    caller ->
                        new CallerBudget(
                            "caller-" + caller,
                            BigDecimal.valueOf(Long.parseLong(arguments[4]), 9),
                            BudgetAction.HARD_STOP,
                            null))
                .toList());
  }

  @Override
  public Future<?> start() {
    return ledger
        .begin()
        .onSuccess(
            begun -> {
              if (rate > 0) {
                timer = vertx.setPeriodic(10, tick -> calls());
              }
            });
  }

  @Override
  public Future<?> stop() {
    vertx.cancelTimer(timer);
    return ended();
  }

  /** As a gateway ends: once no call is under way. */
  private Future<?> ended() {
    return ledger
        .pending()
        .compose(
            pending ->
                pending.count() == 0
                    ? ledger.close()
                    : vertx.timer(50).compose(later -> ended()).<Void>mapEmpty());
  }

  private void calls() {
    for (double due = rate / 100; random.nextDouble() < due; due--) {
      call();
    }
  }

  private void call() {
    // The first asks for two thirds of all: however fast a machine is, some pass their limits.
    int caller = (int) (callers * Math.pow(random.nextDouble(), 4));
    long hold = SMALLEST + (long) (Math.pow(random.nextDouble(), 3) * (LARGEST - SMALLEST));
    ReservationRequest request =
        new ReservationRequest(
            "caller-" + caller,
            "m",
            hold,
            0,
            1,
            0,
            PRICE,
            null,
            ReservationRequest.Unlimited.FREELY);
    ledger
        .reserve(request)
        .map(BudgetVerdict::reservation)
        .onSuccess(
            reservation -> {
              if (reservation != null) {
                admitted(caller, hold, reservation);
              }
            });
  }

  /** The provider charges; later the answer is settled, unless the process dies before. */
  private void admitted(int caller, long hold, Reservation reservation) {
    long cost = (long) (hold * (0.05 + 0.95 * random.nextDouble()));
    ledger
        .durable(reservation)
        .onSuccess(
            durable ->
                context.runOnContext(
                    here -> {
                      write(caller, cost);
                      vertx.setTimer(
                          20 + random.nextInt(300),
                          late -> ledger.settle(reservation, costs(cost)));
                    }));
  }

  private void write(int caller, long cost) {
    try {
      truth.write(ByteBuffer.allocate(16).putLong(caller).putLong(cost).flip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<CostEntry> costs(long nanos) {
    return List.of(new CostEntry("p", "g", "openai", "gpt", new Usd(nanos), 1, 1));
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
  }
}
