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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The nodes as the store knows them. */
final class StoredNodes implements NodesLedger {

  private static final Comparator<SharedSpend> DEAREST_FIRST =
      Comparator.comparingLong(spend -> -spend.entry().cost().nanos());

  private final Vertx vertx;
  private final StoreClient store;
  private final HolderLife life;

  StoredNodes(Vertx vertx, StoreClient store, HolderLife life) {
    this.vertx = vertx;
    this.store = store;
    this.life = life;
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
    UUID self = life.holder();
    return store.ask(known -> known.nodes(self));
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
