package dev.infermux.operations;

import dev.infermux.inbound.management.view.RecentSpend;
import dev.infermux.inbound.management.view.RecentSpend.UnpricedModel;
import dev.infermux.inbound.management.view.RecentSpendView;
import dev.infermux.inference.CostStatus;
import dev.infermux.inference.Usd;
import dev.infermux.inference.record.AttemptCost;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.spi.CallListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the last day cost by hour and by whom; the ledger has whole months. Thread-safe. */
public final class SpendHistory implements CallListener, RecentSpendView {

  private static final long HOUR = Duration.ofHours(1).toMillis();

  private final InstantSource clock;
  private final Instant since;
  private final SpendNames callers = new SpendNames();
  private final SpendNames models = new SpendNames();
  private final SpendNames projects = new SpendNames();
  private final SpendNames groups = new SpendNames();
  private final SpendNames providers = new SpendNames();
  private final Map<Pair, LongAdder> unpriced = new ConcurrentHashMap<>();

  private record Pair(String provider, String model) {}

  public SpendHistory(InstantSource clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  @Override
  public void finished(CallRecord record) {
    long hour = clock.millis() / HOUR;
    List<AttemptRecord> attempts = record.attempts();
    boolean charged = false;
    for (int i = 0; i < attempts.size(); i++) {
      AttemptRecord attempt = attempts.get(i);
      AttemptCost charge = attempt.charge();
      if (charge != null) {
        charged = true;
        charged(attempt, charge, hour);
      }
    }
    if (charged) {
      Usd sum = record.cost().amount();
      callers.add(record.call().attribution().caller(), hour, sum);
      projects.add(record.call().attribution().project(), hour, sum);
      groups.add(record.servedBy().group(), hour, sum);
    }
  }

  private void charged(AttemptRecord attempt, AttemptCost charge, long hour) {
    models.add(attempt.model(), hour, charge.cost().amount());
    providers.add(attempt.provider(), hour, charge.cost().amount());
    if (charge.cost().status() == CostStatus.UNPRICED) {
      Pair pair = new Pair(attempt.provider(), attempt.model());
      LongAdder known = unpriced.get(pair);
      if (known == null && unpriced.size() < SpendNames.MOST) {
        known = unpriced.computeIfAbsent(pair, any -> new LongAdder());
      }
      if (known != null) {
        known.increment();
      }
    }
  }

  @Override
  public RecentSpend recentSpend() {
    long hour = clock.millis() / HOUR;
    Map<String, Map<String, List<Usd>>> by = new LinkedHashMap<>();
    by.put("caller", callers.upTo(hour));
    by.put("model", models.upTo(hour));
    by.put("project", projects.upTo(hour));
    by.put("group", groups.upTo(hour));
    by.put("provider", providers.upTo(hour));
    Instant first = Instant.ofEpochMilli((hour - SpendRing.HOURS + 1) * HOUR);
    return new RecentSpend(since, first, by, unpriced());
  }

  private List<UnpricedModel> unpriced() {
    return unpriced.entrySet().stream()
        .map(
            entry ->
                new UnpricedModel(
                    entry.getKey().provider(), entry.getKey().model(), entry.getValue().sum()))
        .sorted(Comparator.comparingLong(UnpricedModel::attempts).reversed())
        .toList();
  }
}
