package dev.infermux.operations;

import dev.infermux.inbound.management.view.RecentSpend.UnpricedModel;
import dev.infermux.inference.CostStatus;
import dev.infermux.inference.record.AttemptCost;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.spi.CallListener;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Which models were charged without a price since the start. Thread-safe. */
public final class UnpricedAttempts implements CallListener {

  private static final int MOST = 200;

  private final Map<Pair, LongAdder> attempts = new ConcurrentHashMap<>();

  private record Pair(String provider, String model) {}

  @Override
  public void finished(CallRecord record) {
    List<AttemptRecord> all = record.attempts();
    for (int i = 0; i < all.size(); i++) {
      AttemptCost charge = all.get(i).charge();
      if (charge != null && charge.cost().status() == CostStatus.UNPRICED) {
        count(new Pair(all.get(i).provider(), all.get(i).model()));
      }
    }
  }

  private void count(Pair pair) {
    LongAdder known = attempts.get(pair);
    if (known == null && attempts.size() < MOST) {
      known = attempts.computeIfAbsent(pair, any -> new LongAdder());
    }
    if (known != null) {
      known.increment();
    }
  }

  /** Those with the most attempts first. */
  List<UnpricedModel> models() {
    return attempts.entrySet().stream()
        .map(
            entry ->
                new UnpricedModel(
                    entry.getKey().provider(), entry.getKey().model(), entry.getValue().sum()))
        .sorted(Comparator.comparingLong(UnpricedModel::attempts).reversed())
        .toList();
  }
}
