package dev.infermux.operations;

import dev.infermux.events.metrics.Metrics;
import dev.infermux.inbound.management.view.ChangesReport;
import dev.infermux.inbound.management.view.HoldersView;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Usd;
import dev.infermux.ledger.NodesLedger;
import dev.infermux.ledger.SharedLedger;
import dev.infermux.ledger.SharedLedgerStatus;
import io.vertx.core.Future;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The nodes that share the budgets, and this one's leases in the metrics. Any thread's. */
public final class HoldersService implements HoldersView {

  private final Metrics metrics;
  private final AtomicReference<@Nullable SharedLedger> ledger = new AtomicReference<>();

  private final AtomicReference<@Nullable Supplier<ChangesReport>> changes =
      new AtomicReference<>();

  public HoldersService(Metrics metrics) {
    this.metrics = metrics;
  }

  /** Of a node that shares its budgets; without it there are no such metrics. */
  public void use(@Nullable SharedLedger shared) {
    ledger.set(shared);
    if (shared == null) {
      return;
    }
    gauge(
        "infermux_lease_authorised_usd",
        "What this node may spend in all.",
        shared,
        status -> status.authorisedNanos() / 1e9);
    gauge(
        "infermux_lease_free_usd",
        "What of it is neither spent nor held for calls.",
        shared,
        status -> status.freeNanos() / 1e9);
    gauge(
        "infermux_leases",
        "Budgets that this node has a share of.",
        shared,
        SharedLedgerStatus::leases);
    gauge(
        "infermux_lease_nodes",
        "Nodes that share the budgets and live.",
        shared,
        SharedLedgerStatus::nodes);
    gauge(
        "infermux_lease_versions",
        "Different versions of InferMux among them.",
        shared,
        SharedLedgerStatus::versions);
    gauge(
        "infermux_lease_unsettled_usd",
        "What shares of lost nodes still hold.",
        shared,
        status -> status.unsettledNanos() / 1e9);
    ofDatabase(shared);
  }

  private void ofDatabase(SharedLedger shared) {
    gauge(
        "infermux_lease_database_up",
        "1 while the shared database answers, else 0.",
        shared,
        status -> status.reachable() ? 1 : 0);
    gauge(
        "infermux_cost_entries_behind",
        "Costs that the shared database has still to get.",
        shared,
        SharedLedgerStatus::backlog);
    gauge(
        "infermux_lease_clock_skew_seconds",
        "By how much this machine's clock is ahead of the database's.",
        shared,
        status -> status.skewMillis() / 1e3);
    metrics.counter(
        "infermux_lease_steps_total",
        "Steps that the shared database has answered.",
        () -> shared.status().steps());
    gauge(
        "infermux_lease_step_seconds_sum",
        "How long their answers took, together.",
        shared,
        status -> status.stepNanos() / 1e9);
    metrics.counter(
        "infermux_lease_waits_total",
        "Calls that waited for a larger share.",
        () -> shared.status().waits());
  }

  private void gauge(
      String name, String help, SharedLedger shared, ToDoubleFunction<SharedLedgerStatus> value) {
    metrics.gauge(name, help, () -> value.applyAsDouble(shared.status()));
  }

  /** Who knows how far this node is with what was changed for all nodes. */
  public void changes(Supplier<ChangesReport> known) {
    changes.set(known);
  }

  @Override
  public @Nullable ChangesReport changes() {
    Supplier<ChangesReport> known = changes.get();
    return known == null ? null : known.get();
  }

  @Override
  public Tables tables() {
    SharedLedger shared = ledger.get();
    var found = shared == null ? SharedLedgerStatus.Tables.UNKNOWN : shared.status().tables();
    return new Tables(found.version(), found.known());
  }

  @Override
  public boolean shared() {
    return ledger.get() != null;
  }

  @Override
  public Future<List<Row>> all() {
    return reachable(known().list()).map(all -> all.stream().map(HoldersService::row).toList());
  }

  @Override
  public Future<Usd> settle(UUID holder, @Nullable Usd spent) {
    return reachable(known().settle(holder, spent).recover(HoldersService::unknown));
  }

  private static <T> Future<T> unknown(Throwable cause) {
    return Future.failedFuture(
        cause instanceof NoSuchElementException
            ? new InferenceException(
                new Failure.Unservable(
                    "not_found", 404, "holder: none active of this id (GET nodes lists them)"))
            : cause);
  }

  private NodesLedger known() {
    SharedLedger shared = ledger.get();
    if (shared == null) {
      throw new IllegalStateException("no node shares its budgets");
    }
    return shared.nodes();
  }

  /** What the database refuses or does not answer is nobody's bug. */
  private static <T> Future<T> reachable(Future<T> asked) {
    return asked.recover(
        cause ->
            Future.failedFuture(
                cause instanceof InferenceException
                    ? cause
                    : new InferenceException(
                        new Failure.Unservable(
                            "ledger_unreachable", 503, String.valueOf(cause.getMessage())))));
  }

  private static @Nullable Changes changes(NodesLedger.@Nullable Changes told) {
    return told == null ? null : new Changes(told.version(), told.newest(), told.problems());
  }

  private static Row row(NodesLedger.Node node) {
    return new Row(
        node.holder(),
        node.name(),
        node.state(),
        node.version(),
        node.started(),
        node.seen(),
        node.leases(),
        node.authorised(),
        node.held(),
        node.backlog(),
        node.skewMillis(),
        node.self(),
        changes(node.changes()));
  }
}
