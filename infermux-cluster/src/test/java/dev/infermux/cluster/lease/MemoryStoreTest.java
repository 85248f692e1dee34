package dev.infermux.cluster.lease;

import java.time.YearMonth;
import java.util.List;
import java.util.UUID;

class MemoryStoreTest extends LeaseStoreContract {

  private final MemoryStore store = new MemoryStore(System::nanoTime);

  @Override
  protected LeaseStore store() {
    return store;
  }

  @Override
  protected void clear() {
    store.budgets.clear();
    store.holders.clear();
  }

  @Override
  protected void settle(UUID holder, boolean spent) {
    store.settle(holder, spent);
  }

  @Override
  protected List<List<Long>> sums(String account, YearMonth month) {
    MemoryStore.Row row = store.budgets.get(new MemoryStore.Key(account, month));
    return row == null
        ? List.of()
        : List.of(
            List.of(row.authorised, row.settled, row.kept),
            List.of(
                row.sum(lease -> lease.authorised),
                row.sum(lease -> lease.settled),
                row.sum(lease -> lease.kept)));
  }
}
