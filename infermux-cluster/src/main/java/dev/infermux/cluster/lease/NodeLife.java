package dev.infermux.cluster.lease;

import dev.infermux.policy.budget.BudgetOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** A holder's life with all that belongs to it: hints, and the verticle with the connections. */
final class NodeLife implements LedgerLife {

  private final Vertx vertx;
  private final HolderLife life;
  private final LeaseHints hints;
  private final String keeper;

  /**
   * @param keeper the deployment of the verticle with the connections
   */
  NodeLife(Vertx vertx, HolderLife life, LeaseHints hints, String keeper) {
    this.vertx = vertx;
    this.life = life;
    this.hints = hints;
    this.keeper = keeper;
  }

  @Override
  public Future<Void> begin() {
    return hints.begin().compose(listening -> life.begin());
  }

  @Override
  public void configured(BudgetOptions options) {
    life.configured(options);
  }

  @Override
  public BudgetOptions budgets() {
    return life.budgets();
  }

  @Override
  public void changed() {
    life.changed();
  }

  @Override
  public Future<Void> close() {
    return hints.end().transform(ended -> life.close()).transform(closed -> vertx.undeploy(keeper));
  }
}
