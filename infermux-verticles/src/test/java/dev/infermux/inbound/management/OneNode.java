package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.ChangesReport;
import dev.infermux.inbound.management.view.HoldersView;
import dev.infermux.inference.Usd;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A node that has its budgets alone. */
final class OneNode implements HoldersView {
  @Override
  public @Nullable ChangesReport changes() {
    return null;
  }

  @Override
  public Tables tables() {
    return new Tables(0, 0);
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public Future<List<Row>> all() {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<Usd> settle(UUID holder, @Nullable Usd spent) {
    return Future.succeededFuture(Usd.ZERO);
  }
}
