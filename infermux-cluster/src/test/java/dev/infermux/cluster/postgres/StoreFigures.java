package dev.infermux.cluster.postgres;

import dev.infermux.cluster.lease.Step;
import dev.infermux.cluster.lease.StepAnswer;
import dev.infermux.inference.Secret;
import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.SharedEntry;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.ledger.report.LedgerEntry;
import dev.infermux.policy.budget.SharedBudgetOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How fast the store is: a program that {@code benchmarks/nodes.sh} runs. Its arguments: the
 * database, seconds for each figure. It prints a name, a tab and a number a line.
 */
final class StoreFigures {

  private static final YearMonth MONTH = YearMonth.of(2026, 11);
  private static final long LIMIT = 1_000_000_000_000_000L;
  private static final int CALLERS = 1_000;

  /** As a node tells them: in two statements. */
  private static final int ENTRIES = 1_000;

  private static final int WARM_UP = 3;

  private final PgStore store;
  private final long windowNanos;
  private final UUID holder = UUID.randomUUID();
  private final Caller[] callers =
      IntStream.range(0, CALLERS).mapToObj(Caller::new).toArray(Caller[]::new);
  private long entries;

  private StoreFigures(PgStore store, double seconds) {
    this.store = store;
    this.windowNanos = (long) (seconds * 1e9);
  }

  public static void main(String[] arguments) {
    Vertx vertx = Vertx.vertx();
    Context loop = vertx.getOrCreateContext();
    double seconds = Double.parseDouble(arguments[1]);
    try {
      print(vertx, loop, arguments[0], seconds);
    } finally {
      vertx.close().await();
    }
    System.exit(0);
  }

  private static void print(Vertx vertx, Context loop, String url, double seconds) {
    PgStore store =
        on(
            loop,
            () ->
                Future.succeededFuture(
                    new PgStore(
                        vertx,
                        new PgNode(
                            SharedBudgetOptions.of(Secret.of(url)), "infermux", "figures", "1"),
                        InstantSource.system())));
    StoreFigures figures = new StoreFigures(store, seconds);
    on(loop, () -> store.register(figures.holder));

    Window alone = figures.inTurn(loop, 1, figures.steps(1));
    figure("step p50", alone.percentile(50) / 1e6);
    figure("step p99", alone.percentile(99) / 1e6);
    figure("steps 32", figures.inTurn(loop, 32, figures.steps(32)).perSecond());
    figure("steps 1000", figures.inTurn(loop, CALLERS, figures.steps(CALLERS)).perSecond());
    Window costs = figures.inTurn(loop, 1, number -> figures.costs());
    figure("entries", ENTRIES * costs.perSecond());
    figure("entries p50", costs.percentile(50) / 1e6);
    figure("entries p99", costs.percentile(99) / 1e6);
    on(loop, store::close);
  }

  private static void figure(String name, double value) {
    System.out.println(name + "\t" + value);
  }

  /** Each as soon as the last of its kind is answered, so many at a time; warm before. */
  private Window inTurn(Context loop, int width, Statement statement) {
    for (int i = 0; i < WARM_UP; i++) {
      window(loop, width, statement, windowNanos / WARM_UP);
    }
    return window(loop, width, statement, windowNanos);
  }

  private static Window window(Context loop, int width, Statement statement, long nanos) {
    Window window = new Window(System.nanoTime() + nanos);
    on(
        loop,
        () ->
            Future.all(
                IntStream.range(0, width)
                    .mapToObj(number -> window.repeat(number, statement))
                    .toList()));
    return window;
  }

  /** Of so many that wait at once each is another caller's, as those of a node are. */
  private Statement steps(int width) {
    int[] turns = new int[width];
    return number -> callers[number + width * (turns[number]++ % (CALLERS / width))].step();
  }

  private Future<?> costs() {
    CostEntry cost = new CostEntry("project", "group", "openai", "gpt", new Usd(100_000), 20, 8);
    long now = System.currentTimeMillis();
    List<SharedEntry> batch =
        LongStream.range(entries, entries + ENTRIES)
            .mapToObj(
                sequence ->
                    new SharedEntry(
                        holder,
                        sequence,
                        new LedgerEntry(now, "caller-" + sequence % 50, true, cost)))
            .toList();
    entries += ENTRIES;
    return store.add(batch);
  }

  private static <T> T on(Context loop, Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(here -> work.get().onComplete(done));
    return done.future().await();
  }

  @FunctionalInterface
  private interface Statement {
    Future<?> run(int number);
  }

  /** One budget, far from its limit, of which a little more is asked for at each step. */
  private final class Caller {
    private final String account;
    private long number;
    private long spent;
    private long authorised;

    Caller(int number) {
      this.account = "caller-" + number;
    }

    Future<StepAnswer> step() {
      number++;
      Step step =
          new Step(account, MONTH, number, number - 1, authorised, LIMIT, spent, 0, 10_000_000, 0);
      return store
          .step(holder, List.of(step))
          .map(
              answers -> {
                StepAnswer answer = answers.get(0);
                authorised = answer.authorised();
                spent = authorised / 2;
                return answer;
              });
    }
  }

  /** What was answered until a moment, and how long each took. */
  private static final class Window {
    private final long began = System.nanoTime();
    private final long until;
    private final List<Long> nanos = new ArrayList<>();

    Window(long until) {
      this.until = until;
    }

    Future<Void> repeat(int number, Statement statement) {
      Promise<Void> over = Promise.promise();
      next(number, statement, over);
      return over.future();
    }

    private void next(int number, Statement statement, Promise<Void> over) {
      long asked = System.nanoTime();
      if (asked > until) {
        over.complete();
        return;
      }
      statement
          .run(number)
          .onFailure(over::fail)
          .onSuccess(
              answer -> {
                nanos.add(System.nanoTime() - asked);
                next(number, statement, over);
              });
    }

    double perSecond() {
      return nanos.size() / ((until - began) / 1e9);
    }

    double percentile(int percent) {
      long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
      return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
  }
}
