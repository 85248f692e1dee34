package dev.infermux.cluster.lease;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.NodesLedger;
import dev.infermux.ledger.report.ReportLimits;
import dev.infermux.ledger.report.ReportSpan;
import dev.infermux.ledger.report.Reports;
import dev.infermux.ledger.report.SharedSpend;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The nodes as the store knows them. */
final class StoredNodes implements NodesLedger {

  private static final Comparator<SharedSpend> DEAREST_FIRST =
      Comparator.comparingLong(spend -> -spend.entry().cost().nanos());

  /** Whoever looks at nodes asks again; a store that says nothing is given up after much longer. */
  private static final int PATIENCE_SECONDS = 3;

  private final Vertx vertx;
  private final StoreClient store;
  private final Supplier<UUID> holder;

  /**
   * @param holder that this process is now
   */
  StoredNodes(Vertx vertx, StoreClient store, Supplier<UUID> holder) {
    this.vertx = vertx;
    this.store = store;
    this.holder = holder;
  }

  @Override
  public <T> Future<T> reports(ReportSpan span, ReportLimits limits, Function<Reports, T> reader) {
    YearMonth month = span.month();
    Future<List<SharedSpend>> rows =
        month == null
            ? store.ask(known -> known.since(span.from(), span.byMinute()))
            : store.ask(known -> known.month(month));
    return rows.compose(
        spends -> vertx.executeBlocking(() -> reader.apply(sums(spends, limits)), false));
  }

  /** The dearest names have their place first. */
  private static Reports sums(List<SharedSpend> spends, ReportLimits limits) {
    Reports all = new Reports(limits);
    spends.stream().sorted(DEAREST_FIRST).forEach(all::add);
    return all;
  }

  @Override
  public Future<List<Node>> list() {
    UUID self = holder.get();
    return store.ask(known -> known.nodes(self)).timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public Future<Usd> settle(UUID holder, @Nullable Usd spent) {
    return store.ask(known -> known.settle(holder, spent)).recover(StoredNodes::refused);
  }

  private static <T> Future<T> refused(Throwable failure) {
    return Future.failedFuture(
        failure instanceof StoreException known && known.kind() == StoreException.Kind.REFUSED
            ? new NoSuchElementException(known.getMessage())
            : failure);
  }
}
