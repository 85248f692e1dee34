package dev.infermux.cluster.lease;

import dev.infermux.cluster.lease.LeaseStore.Total;
import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.RecoveredHolder;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.budget.CallerBudgets;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a holder's journal lies, and what ended holders left there. */
final class Place {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.budget");
  private static final int MOST_USD = 2_000_000_000;

  private final String name;
  private final BudgetOptions budgets;
  private final Supplier<UUID> ids;
  private final List<RecoveredHolder> left;
  private LongSupplier backlog = () -> 0;
  private Supplier<Future<Void>> drained = Future::succeededFuture;

  /**
   * @param name tells it from a copy
   * @param left holders that did not end themselves
   */
  Place(String name, BudgetOptions budgets, Supplier<UUID> ids, List<RecoveredHolder> left) {
    this.name = name;
    this.budgets = budgets;
    this.ids = ids;
    this.left = new ArrayList<>(left);
    this.left.removeIf(this::copied);
  }

  /** The costs that are still to be told, and when they are. */
  Place telling(LongSupplier backlog, Supplier<Future<Void>> drained) {
    this.backlog = backlog;
    this.drained = drained;
    return this;
  }

  String name() {
    return name;
  }

  BudgetOptions budgets() {
    return budgets;
  }

  Supplier<UUID> ids() {
    return ids;
  }

  LongSupplier backlog() {
    return backlog;
  }

  Supplier<Future<Void>> drained() {
    return drained;
  }

  void forget(UUID holder) {
    left.removeIf(known -> known.holder().equals(holder));
  }

  /** The holders that ended here. */
  List<Ended> ended(BudgetOptions now) {
    CallerBudgets limits = now.byCaller();
    return left.stream()
        .map(
            known ->
                new Ended(
                    known.holder(),
                    known.accounts().stream()
                        .map(
                            spent ->
                                new Total(
                                    spent.account(),
                                    spent.month(),
                                    limit(limits.of(spent.account())),
                                    spent.nanos()))
                        .toList()))
        .toList();
  }

  private static long limit(@Nullable CallerBudget budget) {
    return budget == null
        ? -1
        : Usd.of(budget.monthlyUsd().max(BigDecimal.ZERO).min(BigDecimal.valueOf(MOST_USD)))
            .nanos();
  }

  /**
   * A journal that was written elsewhere may be a copy of one whose process still spends: it ends
   * nobody.
   */
  private boolean copied(RecoveredHolder known) {
    boolean copied = !known.place().equals(name);
    if (copied) {
      LOG.error(
          "the journal of holder {} was written in another place and copied here: its leases stay"
              + " counted until it ends there, or by: infermux nodes settle {}",
          known.holder(),
          known.holder());
    }
    return copied;
  }

  /**
   * A holder that ended in this place.
   *
   * @param totals what its journal says
   */
  record Ended(UUID holder, List<Total> totals) {}
}
