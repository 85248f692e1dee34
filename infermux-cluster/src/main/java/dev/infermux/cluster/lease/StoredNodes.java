package dev.infermux.cluster.lease;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.NodesLedger;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The nodes as the store knows them. */
final class StoredNodes implements NodesLedger {

  private final StoreClient store;
  private final HolderLife life;

  StoredNodes(StoreClient store, HolderLife life) {
    this.store = store;
    this.life = life;
  }

  @Override
  public Future<List<Node>> list() {
    UUID self = life.holder();
    return store.ask(known -> known.nodes(self));
  }

  @Override
  public Future<Usd> settle(UUID holder, @Nullable Usd spent) {
    return store.ask(known -> known.settle(holder, spent));
  }
}
