package dev.infermux.cluster.lease;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.LeasedFunds;
import dev.infermux.ledger.NodesLedger;
import dev.infermux.ledger.journal.RecoveredHolder;
import dev.infermux.ledger.report.ReportLimits;
import dev.infermux.ledger.report.ReportSpan;
import dev.infermux.ledger.report.Reports;
import dev.infermux.nodes.ChangeAnswer;
import dev.infermux.nodes.ChangeAttempt;
import dev.infermux.nodes.ChangeState;
import dev.infermux.nodes.ChangeStore;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A node of a simulation: the real accounts, book and ledger over a link, and a journal. */
final class SimulatedNode {

  private final Simulation simulation;
  private final String name;
  private final Duration ahead;
  private final Map<UUID, Map<Spending, Long>> journal = new LinkedHashMap<>();
  final Set<SimulatedCall> open = new LinkedHashSet<>();
  private final Map<Long, Opened> reservations = new HashMap<>();
  private int life;
  boolean up;
  boolean cut;
  @Nullable LeasedLedger ledger;
  @Nullable LeaseBook book;
  private @Nullable HolderLife holder;
  private @Nullable SimulatedLink link;

  SimulatedNode(Simulation simulation, String name, Duration ahead) {
    this.simulation = simulation;
    this.name = name;
    this.ahead = ahead;
  }

  private record Spending(String account, YearMonth month) {}

  private record Opened(UUID holder, Spending spending, long nanos) {}

  /** Starts a process on the journal that the last one left. */
  void start(BudgetOptions options, BiConsumer<SimulatedNode, String> hints) {
    int now = ++life;
    up = true;
    Time time = simulation.time.time(() -> up && life == now, ahead);
    SimulatedLink way =
        new SimulatedLink(
            simulation.store,
            simulation.time,
            simulation.random,
            () -> up && life == now,
            simulation.options.loss());
    way.cut = cut;
    link = way;
    BookLog log =
        new BookLog(alert -> {}, (account, month) -> hints.accept(this, account), () -> 0);
    LeaseBook leases = simulation.mutation.book(way, time, simulation.options.lease(), log);
    LeasedFunds funds = LeasedFunds.inMemory(options, time.clock(), leases);
    Place place = new Place(name, options, simulation::id, recovered());
    HolderLife begun = new HolderLife(funds, way, leases, time, place);
    log.tell(begun, funds::close);
    holder = begun;
    book = leases;
    ledger =
        new LeasedLedger(
            funds, leases, begun, log, new LeasedLedger.Together(new NoNodes(), new NoChanges()));
    begun.begin();
  }

  /** What the journal says of processes that ended here: what was open counts as spent. */
  private List<RecoveredHolder> recovered() {
    if (!simulation.mutation.forgetsOpen()) {
      reservations.values().forEach(opened -> book(opened.holder, opened.spending, opened.nanos));
    }
    reservations.clear();
    List<RecoveredHolder> all = new ArrayList<>();
    journal.forEach(
        (ended, totals) -> {
          List<RecoveredHolder.Spent> rows = new ArrayList<>();
          totals.forEach(
              (spending, nanos) ->
                  rows.add(new RecoveredHolder.Spent(spending.account, spending.month, nanos)));
          all.add(new RecoveredHolder(ended, name, rows));
        });
    return all;
  }

  private void book(UUID ended, Spending spending, long nanos) {
    journal
        .computeIfAbsent(ended, fresh -> new LinkedHashMap<>())
        .merge(spending, nanos, Long::sum);
  }

  void reconfigure(BudgetOptions options) {
    java.util.Objects.requireNonNull(ledger).reconfigure(options);
  }

  Future<BudgetVerdict> reserve(SimulatedCall call) {
    LeasedLedger here = java.util.Objects.requireNonNull(ledger);
    HolderLife living = java.util.Objects.requireNonNull(holder);
    return here.reserve(SimulatedCall.request(SimulatedCall.name(call.caller), call.hold))
        .onSuccess(
            verdict -> {
              Reservation reservation = verdict.reservation();
              if (reservation != null) {
                call.reservation = reservation;
                open.add(call);
                YearMonth month =
                    YearMonth.from(
                        Instant.ofEpochMilli(reservation.admittedMillis())
                            .atOffset(ZoneOffset.UTC));
                reservations.put(
                    reservation.id(),
                    new Opened(
                        living.holder(),
                        new Spending(reservation.caller(), month),
                        reservation.amount().nanos()));
              }
            });
  }

  void settle(SimulatedCall call) {
    Reservation reservation = java.util.Objects.requireNonNull(call.reservation);
    open.remove(call);
    Opened opened = java.util.Objects.requireNonNull(reservations.remove(reservation.id()));
    book(opened.holder, opened.spending, call.cost);
    java.util.Objects.requireNonNull(ledger).settle(reservation, SimulatedCall.costs(call.cost));
  }

  /** By how much the node goes beyond what the store has for it: I3; zero or less = not at all. */
  long beyondStore(String account) {
    LeaseBook leases = book;
    HolderLife living = holder;
    if (!up || leases == null || living == null) {
      return 0;
    }
    for (LeaseState lease : leases.all()) {
      MemoryStore.Row row =
          simulation.store.budgets.get(
              new MemoryStore.Key(lease.account.caller(), lease.account.month()));
      MemoryStore.Kept kept = row == null ? null : row.leases.get(living.holder());
      if (lease.account.caller().equals(account) && kept != null) {
        long used = lease.account.spentNanos() + lease.account.heldNanos();
        return Math.max(used - lease.authorised(), lease.authorised() - kept.authorised);
      }
    }
    return 0;
  }

  /** kill -9. */
  void crash() {
    up = false;
    life++;
  }

  void cut(boolean isCut) {
    cut = isCut;
    SimulatedLink way = link;
    if (way != null) {
      way.cut = isCut;
    }
  }

  boolean runs(int since) {
    return up && life == since;
  }

  int life() {
    return life;
  }

  UUID holder() {
    return java.util.Objects.requireNonNull(holder).holder();
  }

  Future<Void> drain() {
    return java.util.Objects.requireNonNull(ledger).close().onSuccess(left -> up = false);
  }

  /** Nobody asks. */
  private static final class NoNodes implements NodesLedger {
    @Override
    public Future<List<Node>> list() {
      return Future.succeededFuture(List.of());
    }

    @Override
    public <T> Future<T> reports(
        ReportSpan span, ReportLimits limits, Function<Reports, T> reader) {
      return Future.failedFuture("nobody asks");
    }

    @Override
    public Future<Usd> settle(UUID holder, @Nullable Usd spent) {
      return Future.succeededFuture(Usd.ZERO);
    }
  }

  /** Nobody changes anything. */
  private static final class NoChanges implements ChangeStore {
    @Override
    public Future<ChangeState> read(long known) {
      return Future.succeededFuture(new ChangeState(0, List.of()));
    }

    @Override
    public Future<ChangeAnswer> write(ChangeAttempt attempt) {
      return Future.succeededFuture(new ChangeAnswer(false, 0));
    }

    @Override
    public Future<Void> applied(long version, List<String> problems) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> listen(Runnable hint) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
