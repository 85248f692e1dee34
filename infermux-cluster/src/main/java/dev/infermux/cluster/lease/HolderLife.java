package dev.infermux.cluster.lease;

import dev.infermux.cluster.lease.LeaseStore.Greeting;
import dev.infermux.cluster.lease.LeaseStore.Signs;
import dev.infermux.cluster.lease.StoreException.Kind;
import dev.infermux.ledger.LeasedFunds;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.budget.Lease;
import dev.infermux.policy.budget.UtcMonths;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process as a holder of leases: ends those that ended in its place before it, is taken in,
 * says that it lives, begins anew where somebody ended it, and leaves. The budget's event loop has
 * it.
 */
final class HolderLife implements LedgerLife {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.budget");
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final LeasedFunds funds;
  private final LeaseStore store;
  private final LeaseBook book;
  private final Time time;
  private final Place place;
  private final UtcMonths months = new UtcMonths();
  private final ClockSkew skew = new ClockSkew();
  private final List<FencedHolder> fenced = new ArrayList<>();
  private final Promise<Void> started = Promise.promise();
  private Future<?> tried = Future.succeededFuture();
  private BudgetOptions budgets;
  private volatile UUID holder = new UUID(0, 0);
  private YearMonth month = YearMonth.of(1970, 1);
  private String obstacle = "the database has not taken this node in within 5 s";
  private long beatAt;
  private boolean beating;
  private boolean taken;
  private boolean known;
  private boolean closed;

  HolderLife(LeasedFunds funds, LeaseStore store, LeaseBook book, Time time, Place place) {
    this.funds = funds;
    this.store = store;
    this.book = book;
    this.time = time;
    this.place = place;
    this.budgets = place.budgets();
  }

  /**
   * Completes when the store has taken this process in, or has not answered for a moment; fails
   * when it never will.
   */
  @Override
  public Future<Void> begin() {
    holder = place.ids().get();
    funds.begin(holder, place.name());
    time.timers().start(PATIENCE, this::startWithoutStore);
    join();
    time.timers().start(TICK, this::tick);
    return started.future();
  }

  UUID holder() {
    return holder;
  }

  @Override
  public BudgetOptions budgets() {
    return budgets;
  }

  @Override
  public void configured(BudgetOptions options) {
    budgets = options;
    prepare();
  }

  /** What is pending may have ended: fenced holders end with it. */
  @Override
  public void changed() {
    if (!fenced.isEmpty()) {
      fenced.stream().filter(FencedHolder::finished).toList().forEach(this::endFenced);
    }
  }

  private void startWithoutStore() {
    if (started.tryComplete()) {
      book.contact().failed(obstacle);
    }
  }

  /** First what earlier processes left here: their money is this one's to ask for then. */
  private void join() {
    Future<Void> all = Future.succeededFuture();
    for (Place.Ended ended : place.ended(budgets)) {
      all =
          all.compose(before -> store.end(ended.holder(), false, ended.totals()))
              .onSuccess(done -> recovered(ended));
    }
    tried =
        all.compose(ended -> store.register(holder))
            .onComplete(
                (greeting, failure) -> {
                  if (greeting == null) {
                    failed(StoreException.of(failure));
                  } else if (ClockSkew.tooLarge(greeting) && !known) {
                    failed(ClockSkew.refusal(greeting));
                  } else {
                    taken(greeting);
                  }
                });
  }

  private void recovered(Place.Ended ended) {
    place.forget(ended.holder());
    funds.ended(ended.holder());
    LOG.info("the leases of holder {}, which ended here, are settled", ended.holder());
  }

  private void taken(Greeting greeting) {
    taken = true;
    known = true;
    if (closed) {
      return; // it only leaves
    }
    beatAt = time.nanos();
    heed(greeting);
    book.begin(holder);
    prepare();
    started.tryComplete();
  }

  private void heed(Greeting greeting) {
    book.nodes(greeting.nodes());
    book.events().greeted(greeting);
    skew.heed(greeting);
  }

  /** First leases for named callers. */
  private void prepare() {
    for (CallerBudget budget : budgets.callers()) {
      if (!budget.caller().equals(CallerBudget.EVERYONE_ELSE)) {
        Lease lease = funds.lease(budget.caller());
        if (lease != null) {
          book.queue((LeaseState) lease);
        }
      }
    }
    book.flush();
  }

  /** Before the start nothing that stays wrong is put up with; afterwards everything is. */
  private void failed(StoreException failure) {
    if (failure.lasting()
        && started.tryFail(new IllegalArgumentException(failure.getMessage(), failure))) {
      return;
    }
    obstacle = String.valueOf(failure.getMessage());
    if (!closed) {
      if (started.future().isComplete()) {
        book.contact().failed(obstacle);
      }
      time.timers().start(RETRY, this::again);
    }
  }

  private void again() {
    if (!closed) {
      join();
    }
  }

  private void tick() {
    if (closed) {
      return;
    }
    time.timers().start(TICK, this::tick);
    YearMonth now = months.of(time.clock().millis());
    month = now.isAfter(month) ? now : month;
    book.over(month);
    book.tick();
    changed();
    if (taken && !beating && time.nanos() - beatAt >= BEAT.toNanos()) {
      beat();
    }
  }

  private void beat() {
    UUID living = holder;
    long now = time.nanos();
    beatAt = now;
    beating = true;
    store
        .heartbeat(living, new Signs(place.backlog().getAsLong()))
        .onComplete(
            (greeting, failure) -> {
              beating = false;
              if (greeting != null) {
                book.contact().heard();
                heed(greeting);
              } else {
                unbeaten(living, now, StoreException.of(failure));
              }
            });
  }

  private void unbeaten(UUID living, long askedAt, StoreException failure) {
    String reason = String.valueOf(failure.getMessage());
    if (failure.kind() != Kind.FENCED) {
      book.contact().missed(reason, askedAt);
    } else if (living.equals(holder) && taken) {
      book.fenced(living, reason);
    }
  }

  /** Somebody has ended this holder. Its calls that are under way are settled as they come. */
  void fenced(UUID ended, List<LeaseState> leases, String reason) {
    LOG.error("{}: holder {} spends nothing any more; a new one begins", reason, ended);
    taken = false;
    fenced.add(new FencedHolder(ended, leases));
    holder = place.ids().get();
    funds.begin(holder, place.name());
    join();
    changed();
  }

  private void endFenced(FencedHolder ended) {
    fenced.remove(ended);
    store
        .end(ended.holder(), false, ended.totals())
        .onComplete(
            (done, failure) -> {
              if (failure == null) {
                funds.ended(ended.holder());
              } else if (!closed) {
                time.timers().start(RETRY, () -> endFenced(ended));
              }
            });
  }

  /** Gives all back if no call is under way: what ended here before too, where that has begun. */
  @Override
  public Future<Void> close() {
    closed = true;
    book.refuseAll();
    book.close();
    return answered()
        .compose(answered -> funds.ledger().pending())
        .compose(pending -> taken && pending.count() == 0 ? leave() : stay())
        .transform(left -> funds.ledger().close());
  }

  /** The store has answered who asks to be taken in, or that takes too long. */
  private Future<Void> answered() {
    Promise<Void> promise = Promise.promise();
    time.timers().start(PATIENCE, promise::tryComplete);
    tried.onComplete(done -> promise.tryComplete());
    return promise.future();
  }

  private Future<Void> stay() {
    if (!place.ended(budgets).isEmpty()) {
      LOG.warn("{}: what ended here before is given back at the next start here", obstacle);
    }
    return Future.succeededFuture();
  }

  private Future<Void> leave() {
    UUID leaving = holder;
    return funds
        .ledger()
        .flush()
        .compose(flushed -> place.drained().get())
        .transform(sent -> store.end(leaving, true, FencedHolder.totals(book.all())))
        .onSuccess(done -> funds.ended(leaving))
        .onFailure(
            failure ->
                LOG.warn(
                    "{}: the leases of this process are given back at the next start here",
                    failure.getMessage()));
  }
}
