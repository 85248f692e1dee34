package dev.infermux.cluster.lease;

import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.budget.StopReason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Several nodes with real accounts and leases on a virtual clock: calls come and end, processes
 * die, links are cut, answers are lost. After each change the money is counted.
 */
final class Simulation {

  private static final Instant START = Instant.parse("2026-11-10T00:00:00Z");
  static final YearMonth MONTH = YearMonth.of(2026, 11);
  private static final long SECOND = 1_000_000_000L;

  final VirtualTime time = new VirtualTime(START);
  final Options options;
  final Mutation mutation;
  final SplittableRandom random;
  final MemoryStore store;
  final List<SimulatedNode> nodes = new ArrayList<>();
  private final long[] spent;
  private final long[] held;

  /** What counts as spent although no provider charged it. */
  private final long[] presumed;

  private final BudgetOptions budgets;
  final Tally tally = new Tally();

  /** By which nodes hear that another one waits for money. */
  Set<Way> hints = EnumSet.of(Way.BUS);

  Simulation(Options options, Mutation mutation) {
    this.options = options;
    this.mutation = mutation;
    this.random = new SplittableRandom(options.seed());
    this.store = mutation.store(time::nanos);
    this.spent = new long[options.callers()];
    this.held = new long[options.callers()];
    this.presumed = new long[options.callers()];
    this.budgets = budgets(options.limit());
    for (int i = 0; i < options.nodes(); i++) {
      nodes.add(new SimulatedNode(this, "node-" + i, Duration.ZERO));
    }
  }

  /**
   * What happens.
   *
   * @param limit of each caller, in nano-dollars
   * @param rate of calls a second, at all nodes
   * @param smallest what a call holds at least
   * @param largest and at most
   * @param loss of answers of the store, 0 to 1
   * @param crashes of a node an hour
   * @param cuts of a node from the store an hour, of {@code cutFor} each
   */
  record Options(
      int nodes,
      int callers,
      long limit,
      int calls,
      double rate,
      long smallest,
      long largest,
      double loss,
      double crashes,
      double cuts,
      Duration cutFor,
      LeaseOptions lease,
      long seed) {

    static Options calm(int nodes, double rate, int calls) {
      return new Options(
          nodes,
          1,
          1_000_000L * SECOND,
          calls,
          rate,
          5_000_000,
          20_000_000,
          0,
          0,
          0,
          Duration.ofMinutes(3),
          LeaseOptions.defaults(),
          1);
    }

    Options money(int callers, long limit, long smallest, long largest) {
      return new Options(
          nodes, callers, limit, calls, rate, smallest, largest, loss, crashes, cuts, cutFor, lease,
          seed);
    }

    Options trouble(double loss, double crashes, double cuts, long seed) {
      return new Options(
          nodes, callers, limit, calls, rate, smallest, largest, loss, crashes, cuts, cutFor, lease,
          seed);
    }
  }

  /** How a hint goes. */
  enum Way {
    BUS(1_500_000),
    /** There and back. */
    DATABASE(2 * SimulatedLink.THERE);

    private final long nanos;

    Way(long nanos) {
      this.nanos = nanos;
    }
  }

  /** What was seen. */
  static final class Tally {
    long calls;
    long admitted;
    long waited;
    long refusedTruly;
    long refusedFalsely;
    long refusedUnreachable;
    long crashes;
    long cuts;
    long checks;
    long broken;
    long worst;
    String first = "";
    final Map<StopReason, Long> reasons = new TreeMap<>();
  }

  static BudgetOptions budgets(int callers, long limit) {
    return BudgetOptions.defaults()
        .withCallers(
            IntStream.range(0, callers)
                .mapToObj(
                    caller ->
                        new CallerBudget(
                            SimulatedCall.name(caller),
                            BigDecimal.valueOf(limit, 9),
                            BudgetAction.HARD_STOP,
                            null))
                .toList());
  }

  private BudgetOptions budgets(long limit) {
    return budgets(options.callers(), limit);
  }

  UUID id() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  void run() {
    nodes.forEach(node -> node.start(budgets, this::hint));
    time.run(Duration.ofSeconds(1));
    arrive();
    nodes.forEach(this::trouble);
    while (tally.calls < options.calls()) {
      time.run(Duration.ofMillis(100));
    }
    time.run(Duration.ofSeconds(60));
  }

  private void trouble(SimulatedNode node) {
    if (options.crashes() > 0) {
      later(options.crashes(), () -> crash(node));
    }
    if (options.cuts() > 0) {
      later(options.cuts(), () -> cut(node));
    }
  }

  private void later(double anHour, Runnable task) {
    time.after((long) (exponential(3600 / anHour) * SECOND), task);
  }

  private double exponential(double mean) {
    return -Math.log(1 - random.nextDouble()) * mean;
  }

  private void crash(SimulatedNode node) {
    later(options.crashes(), () -> crash(node));
    if (!node.up) {
      return;
    }
    tally.crashes++;
    for (SimulatedCall call : node.open) {
      long charged = random.nextBoolean() ? call.cost : 0;
      held[call.caller] -= call.hold;
      spent[call.caller] += charged;
      presumed[call.caller] += call.hold - charged;
    }
    node.open.clear();
    node.crash();
    time.after(20 * SECOND, () -> node.start(budgets, this::hint));
  }

  private void cut(SimulatedNode node) {
    tally.cuts++;
    node.cut(true);
    long length = options.cutFor().toNanos();
    time.after(length, () -> node.cut(false));
    time.after(length, () -> later(options.cuts(), () -> cut(node)));
    if (mutation == Mutation.FREED_BY_TIME) {
      time.after(60 * SECOND, () -> free(node));
    }
  }

  /** The mistake: what the node has not told by now is taken for free. */
  private void free(SimulatedNode node) {
    if (node.cut && node.up) {
      for (MemoryStore.Row row : store.rows()) {
        MemoryStore.Kept lease = row.leases.get(node.holder());
        if (lease != null && !lease.closed) {
          row.authorised -= lease.authorised - lease.settled;
          row.kept -= lease.kept;
          lease.kept = 0;
          lease.authorised = lease.settled;
        }
      }
    }
  }

  private void hint(SimulatedNode from, String account) {
    for (Way way : hints) {
      boolean stored = way == Way.DATABASE;
      for (SimulatedNode node : nodes) {
        LeaseBook book = node.book;
        if (node != from && node.up && book != null && !(stored && from.cut)) {
          int life = node.life();
          time.after(
              way.nanos,
              () -> {
                if (node.runs(life) && !(stored && node.cut)) {
                  book.hint(account, MONTH);
                }
              });
        }
      }
    }
  }

  private void arrive() {
    if (tally.calls >= options.calls()) {
      return;
    }
    time.after((long) (exponential(1 / options.rate()) * SECOND), this::arrive);
    tally.calls++;
    double low = Math.log(options.smallest());
    double span = Math.log(options.largest()) - low;
    long hold = (long) Math.exp(low + span * random.nextDouble());
    long cost = (long) (hold * (0.05 + 0.45 * random.nextDouble()));
    SimulatedCall call = new SimulatedCall(skewed(options.callers()), hold, cost, time.nanos());
    SimulatedNode node = living(skewed(nodes.size()));
    if (node != null) {
      int life = node.life();
      boolean[] atOnce = {true};
      node.reserve(call).onSuccess(verdict -> decided(node, life, call, verdict, atOnce[0]));
      atOnce[0] = false;
    }
  }

  /** The first of so many twice as often as the second, and so on. */
  private int skewed(int count) {
    double sum = 0;
    for (int i = 1; i <= count; i++) {
      sum += 1.0 / i;
    }
    double at = random.nextDouble() * sum;
    for (int i = 1; i <= count; i++) {
      at -= 1.0 / i;
      if (at <= 0) {
        return i - 1;
      }
    }
    return count - 1;
  }

  /** The balancer sends a call elsewhere if need be. */
  private @Nullable SimulatedNode living(int wanted) {
    for (int i = 0; i < nodes.size(); i++) {
      SimulatedNode node = nodes.get((wanted + i) % nodes.size());
      if (node.up) {
        return node;
      }
    }
    return null;
  }

  private void decided(
      SimulatedNode node, int life, SimulatedCall call, BudgetVerdict verdict, boolean atOnce) {
    if (verdict instanceof BudgetVerdict.Stop stop) {
      tally.reasons.merge(stop.reason(), 1L, Long::sum);
      refused(call, stop.reason());
      return;
    }
    tally.admitted++;
    tally.waited += atOnce ? 0 : 1;
    held[call.caller] += call.hold;
    check(call.caller);
    time.after(
        (long) (exponential(2) * SECOND) + 1_000_000,
        () -> {
          if (node.runs(life)) {
            held[call.caller] -= call.hold;
            spent[call.caller] += call.cost;
            node.settle(call);
            check(call.caller);
          }
        });
  }

  private void refused(SimulatedCall call, StopReason reason) {
    int caller = call.caller;
    boolean fits = options.limit() - spent[caller] - presumed[caller] - held[caller] >= call.hold;
    if (!fits) {
      tally.refusedTruly++;
    } else if (reason == StopReason.LEDGER_UNREACHABLE) {
      tally.refusedUnreachable++;
    } else {
      tally.refusedFalsely++;
    }
  }

  private void check(int caller) {
    tally.checks++;
    long over = spent[caller] + held[caller] - options.limit();
    MemoryStore.Row row = store.budgets.get(new MemoryStore.Key(SimulatedCall.name(caller), MONTH));
    if (row != null && over <= 0) {
      over = row.authorised - options.limit();
    }
    for (SimulatedNode node : nodes) {
      over = Math.max(over, node.beyondStore(SimulatedCall.name(caller)));
    }
    if (over > 0) {
      tally.broken++;
      tally.worst = Math.max(tally.worst, over);
      if (tally.first.isEmpty()) {
        tally.first = "caller " + caller + " at " + time.nanos() + " by " + over;
      }
    }
  }

  /** What the books have to be at all times: I1. */
  boolean sumsAreEqual() {
    return store.rows().stream()
        .allMatch(
            row ->
                row.authorised == row.sum(lease -> lease.authorised)
                    && row.settled == row.sum(lease -> lease.settled));
  }

  long spent(int caller) {
    return spent[caller];
  }

  long booked(int caller) {
    return spent[caller] + presumed[caller];
  }

  long held(int caller) {
    return held[caller];
  }
}
