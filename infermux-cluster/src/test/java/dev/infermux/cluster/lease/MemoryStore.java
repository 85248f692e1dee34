package dev.infermux.cluster.lease;

import dev.infermux.cluster.lease.StoreException.Kind;
import dev.infermux.ledger.SharedLedgerStatus.Tables;
import io.vertx.core.Future;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/** The store as the functions of the database have it, in memory. */
class MemoryStore implements LeaseStore {

  private static final long LOST_NANOS = 600_000_000_000L;

  final Map<Key, Row> budgets = new LinkedHashMap<>();
  final Map<UUID, Holder> holders = new HashMap<>();
  private final LongSupplier nanos;
  long steps;

  MemoryStore(LongSupplier nanos) {
    this.nanos = nanos;
  }

  record Key(String account, YearMonth month) {}

  /** A row of {@code budget}, with its leases. */
  static final class Row {
    long limit;
    long authorised;
    long settled;
    long kept;
    long wantedAt = Long.MIN_VALUE;
    final Map<UUID, Kept> leases = new LinkedHashMap<>();

    Row(long limit) {
      this.limit = limit;
    }

    long sum(java.util.function.ToLongFunction<Kept> value) {
      return leases.values().stream().mapToLong(value).sum();
    }
  }

  /** A row of {@code lease}. */
  static final class Kept {
    long limit;
    long authorised;
    long settled;
    long kept;
    long step;
    long before;
    long after;
    boolean closed;
  }

  /** A row of {@code holder}. */
  static final class Holder {
    String state = "active";
    long seen;
  }

  @Override
  public Future<Greeting> register(UUID holder) {
    holders.computeIfAbsent(holder, fresh -> new Holder()).seen = nanos.getAsLong();
    return Future.succeededFuture(greeting());
  }

  @Override
  public Future<Greeting> heartbeat(UUID holder, Signs signs) {
    Holder known = holders.get(holder);
    if (known == null || !known.state.equals("active")) {
      return Future.failedFuture(new StoreException(Kind.FENCED, "not active"));
    }
    known.seen = nanos.getAsLong();
    return Future.succeededFuture(greeting());
  }

  private Greeting greeting() {
    long living =
        holders.values().stream()
            .filter(
                holder ->
                    holder.state.equals("active")
                        && nanos.getAsLong() - holder.seen < 30_000_000_000L)
            .count();
    return new Greeting((int) living, 0, 0, 1, Tables.UNKNOWN);
  }

  @Override
  public Future<List<StepAnswer>> step(UUID holder, List<Step> asked) {
    List<StepAnswer> answers = new ArrayList<>();
    for (Step step : asked) {
      try {
        answers.add(one(holder, step));
      } catch (StoreException fenced) {
        return Future.failedFuture(fenced);
      }
    }
    return Future.succeededFuture(answers);
  }

  StepAnswer one(UUID holder, Step step) throws StoreException {
    steps++;
    Row row =
        budgets.computeIfAbsent(
            new Key(step.account(), step.month()), fresh -> new Row(step.limit()));
    Holder known = holders.get(holder);
    Kept lease = row.leases.get(holder);
    if (lease == null) {
      if (known == null || !known.state.equals("active")) {
        throw new StoreException(Kind.FENCED, "not active");
      }
      lease = new Kept();
      lease.limit = step.limit();
      row.leases.put(holder, lease);
    }
    if (lease.closed) {
      throw new StoreException(Kind.FENCED, "closed");
    }
    long limit = limit(row, holder, lease, step);
    boolean lost = false;
    if (fresh(step, lease)) {
      long has = lease.authorised;
      if (lease.step < step.after() && has < step.known()) {
        lost = true;
        has = step.known();
      }
      has = Math.max(has, step.spent());
      lease.before = row.settled;
      row.settled += step.spent() - lease.settled;
      long gets =
          granted(step, has, Math.max(0, limit - (row.authorised + has - lease.authorised)));
      row.authorised += gets - lease.authorised;
      row.kept += step.keep() - lease.kept;
      row.limit = limit;
      if (step.need() > 0) {
        boolean missed = gets < step.spent() + step.keep() + step.need();
        row.wantedAt = missed ? nanos.getAsLong() : Long.MIN_VALUE;
      }
      lease.limit = step.limit();
      lease.authorised = gets;
      lease.settled = step.spent();
      lease.kept = step.keep();
      lease.step = step.number();
      lease.after = row.settled;
    }
    return new StepAnswer(
        lease.authorised,
        limit - row.authorised,
        limit - row.settled - row.kept,
        row.wantedAt != Long.MIN_VALUE && nanos.getAsLong() - row.wantedAt < 5_000_000_000L,
        lease.before,
        lease.after,
        lost);
  }

  /** Whether a step changes anything. */
  boolean fresh(Step step, Kept lease) {
    return step.number() > lease.step;
  }

  private static long granted(Step step, long has, long free) {
    long lacks = step.spent() + step.keep() + step.need() - has;
    long gets = step.asks();
    if (gets > has) {
      gets =
          free < lacks || free == 0
              ? has
              : Math.min(gets, has + Math.min(free, Math.max(lacks, free / 4)));
    }
    return Math.max(gets, step.spent());
  }

  private long limit(Row row, UUID holder, Kept lease, Step step) {
    if (lease.limit == step.limit() && row.limit == step.limit()) {
      return row.limit;
    }
    long smallest = step.limit();
    for (Map.Entry<UUID, Kept> other : row.leases.entrySet()) {
      Holder known = holders.get(other.getKey());
      boolean living = known.state.equals("active") && nanos.getAsLong() - known.seen < LOST_NANOS;
      if (!other.getKey().equals(holder) && !other.getValue().closed && living) {
        smallest = Math.min(smallest, other.getValue().limit);
      }
    }
    return smallest;
  }

  @Override
  public Future<Void> end(UUID holder, boolean left, List<Total> totals) {
    Holder known = holders.computeIfAbsent(holder, fresh -> new Holder());
    if (!known.state.equals("active") && !known.state.equals("settled")) {
      return Future.succeededFuture();
    }
    boolean again = known.state.equals("settled");
    known.state = left ? "left" : "recovered";
    Map<Key, Total> all = new LinkedHashMap<>();
    budgets.forEach(
        (key, row) -> {
          if (row.leases.containsKey(holder)) {
            all.put(key, new Total(key.account(), key.month(), -1, 0));
          }
        });
    totals.forEach(total -> all.put(new Key(total.account(), total.month()), total));
    all.values().forEach(total -> close(holder, total, again));
    return Future.succeededFuture();
  }

  private void close(UUID holder, Total total, boolean again) {
    Key key = new Key(total.account(), total.month());
    if (total.limit() >= 0) {
      budgets.computeIfAbsent(key, fresh -> new Row(total.limit()));
    }
    Row row = budgets.get(key);
    if (row == null) {
      return;
    }
    Kept lease = row.leases.get(holder);
    if (lease == null) {
      if (total.limit() < 0 || total.spent() == 0) {
        return;
      }
      lease = new Kept();
      lease.limit = total.limit();
      row.leases.put(holder, lease);
    } else if (lease.closed && !again) {
      return;
    }
    close(row, lease, Math.max(total.spent(), lease.settled));
  }

  private static void close(Row row, Kept lease, long spent) {
    row.authorised += spent - lease.authorised;
    row.settled += spent - lease.settled;
    row.kept -= lease.kept;
    lease.authorised = spent;
    lease.settled = spent;
    lease.kept = 0;
    lease.closed = true;
  }

  /** An operator ends a holder: what its leases hold counts as spent, or is free, as he says. */
  void settle(UUID holder, boolean spent) {
    holders.get(holder).state = "settled";
    for (Row row : rows()) {
      Kept lease = row.leases.get(holder);
      if (lease != null && !lease.closed) {
        close(row, lease, spent ? lease.authorised : lease.settled);
      }
    }
  }

  Collection<Row> rows() {
    return budgets.values();
  }
}
