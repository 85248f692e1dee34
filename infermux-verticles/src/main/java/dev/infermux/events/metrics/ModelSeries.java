package dev.infermux.events.metrics;

import dev.infermux.inference.CostStatus;
import dev.infermux.inference.Usage;
import dev.infermux.inference.record.AttemptCost;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is counted for one model of one provider, found once and then only added to. Money is summed
 * in nano-dollars.
 */
final class ModelSeries {

  private static final double NANOS_PER_SECOND = 1e9;

  final String provider;
  final String model;

  /** Whether the configuration did not name the model when it was first counted. */
  final boolean stranger;

  /** Both as labels. */
  final TextPiece labels;

  final LongAdder ok = new LongAdder();
  final LongAdder errors = new LongAdder();
  final LongAdder cancelled = new LongAdder();
  final LongAdder tokensIn = new LongAdder();
  final LongAdder tokensOut = new LongAdder();
  final LongAdder tokensCached = new LongAdder();
  final LongAdder costNanos = new LongAdder();
  final LongAdder unpriced = new LongAdder();
  private final DistributionDataPoint latency;
  private final DistributionDataPoint firstToken;

  ModelSeries(
      String provider,
      String model,
      boolean stranger,
      DistributionDataPoint latency,
      DistributionDataPoint firstToken) {
    this.provider = provider;
    this.model = model;
    this.stranger = stranger;
    this.labels = TextPiece.labels("model", model, "provider", provider);
    this.latency = latency;
    this.firstToken = firstToken;
  }

  void finished(String status, long latencyNanos, long firstTokenNanos) {
    LongAdder count =
        switch (status) {
          case "ok" -> ok;
          case "cancelled" -> cancelled;
          default -> errors;
        };
    count.increment();
    latency.observe(latencyNanos / NANOS_PER_SECOND);
    if (firstTokenNanos > 0) {
      firstToken.observe(firstTokenNanos / NANOS_PER_SECOND);
    }
  }

  void charged(AttemptCost charge) {
    Usage usage = charge.usage();
    tokensIn.add(usage.promptTokens());
    tokensOut.add(usage.completionTokens());
    tokensCached.add(usage.cachedTokens());
    costNanos.add(charge.cost().amount().nanos());
    if (charge.cost().status() == CostStatus.UNPRICED) {
      unpriced.increment();
    }
  }
}
