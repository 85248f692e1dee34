package dev.infermux.events.metrics;

import dev.infermux.events.tracing.Peer;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Usage;
import dev.infermux.inference.record.AttemptCost;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.tokentrace.span.GenAi;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleCounter;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.util.function.Function;

/** Attempts as the gateway sees them, a client of its providers. */
final class ClientMeters {

  private static final double NANOS_PER_SECOND = 1e9;

  private final GenAi names;
  private final Function<String, Peer> peers;
  private final DoubleHistogram duration;
  private final DoubleHistogram firstChunk;
  private final DoubleHistogram chunk;
  private final LongHistogram input;
  private final LongHistogram output;
  private final UsageCounters usage;
  private final DoubleCounter cost;
  private final Kept<Key, Labels> labels = new Kept<>(this::labels);

  /** What decides the attributes of an attempt that did not fail. */
  private record Key(Peer peer, String operation, String model) {}

  /** The attributes of attempts, and those with each type of token where it is an attribute. */
  private record Labels(Attributes common, Attributes input, Attributes output) {}

  ClientMeters(Meter meter, GenAi names, Function<String, Peer> peers) {
    this.names = names;
    this.peers = peers;
    this.duration =
        Instruments.seconds(
            meter, names.durationMetric(), "How long an attempt took.", Instruments.DURATIONS);
    this.firstChunk =
        Instruments.seconds(
            meter,
            names.firstChunkMetric(),
            "Time from an attempt to the first chunk of its stream.",
            Instruments.DURATIONS);
    this.chunk =
        Instruments.seconds(
            meter,
            names.chunkMetric(),
            "Time from one chunk of a stream to the next.",
            Instruments.DURATIONS);
    this.input = Instruments.tokens(meter, names.inputTokensMetric());
    this.output =
        names.outputTokensMetric().equals(names.inputTokensMetric())
            ? input
            : Instruments.tokens(meter, names.outputTokensMetric());
    this.usage = UsageCounters.of(meter, names);
    this.cost =
        meter
            .counterBuilder("infermux.cost")
            .ofDoubles()
            .setUnit("{USD}")
            .setDescription("What attempts cost.")
            .build();
  }

  void record(CallRecord record, AttemptRecord attempt) {
    Labels labels =
        this.labels.of(
            new Key(
                peers.apply(attempt.provider()),
                record.call().operation().wireName(),
                attempt.model()));
    Attributes common = labels.common();
    duration.record(attempt.durationNanos() / NANOS_PER_SECOND, withError(common, attempt));
    boolean served = attempt.kind() == null;
    if (served && record.firstTokenNanos() > 0) {
      long began = attempt.startedEpochNanos() - record.call().startedEpochNanos();
      double seconds = (record.firstTokenNanos() - began) / NANOS_PER_SECOND;
      firstChunk.record(Math.max(0, seconds), common);
    }
    if (attempt.chunks().count() > 1) {
      attempt.chunks().forEachInterval((times, meanNanos) -> chunks(times, meanNanos, common));
    }
    AttemptCost charge = attempt.charge();
    if (charge != null) {
      tokens(charge.usage(), labels);
      usage.add(charge.usage(), common);
      cost.add(charge.cost().amount().toDouble(), common);
    }
  }

  /** A histogram counts each; its sum and its buckets are those of the intervals themselves. */
  private void chunks(long times, double meanNanos, Attributes common) {
    double seconds = meanNanos / NANOS_PER_SECOND;
    for (long i = 0; i < times; i++) {
      chunk.record(seconds, common);
    }
  }

  private void tokens(Usage used, Labels labels) {
    input.record(used.promptTokens(), labels.input());
    if (used.completionTokens() > 0) {
      output.record(used.completionTokens(), labels.output());
    }
  }

  private Attributes typed(Attributes common, String type) {
    return names == GenAi.V1_41 ? common.toBuilder().put(GenAi.TOKEN_TYPE, type).build() : common;
  }

  private static Attributes withError(Attributes common, AttemptRecord attempt) {
    FailureClass kind = attempt.kind();
    return kind == null
        ? common
        : common.toBuilder()
            .put(
                GenAi.ERROR_TYPE,
                attempt.status() >= 400 ? Integer.toString(attempt.status()) : kind.wireName())
            .build();
  }

  private Labels labels(Key key) {
    AttributesBuilder builder =
        Attributes.builder()
            .put(GenAi.OPERATION, key.operation())
            .put(GenAi.PROVIDER, key.peer().system())
            .put(GenAi.REQUEST_MODEL, key.model())
            .put(GenAi.RESPONSE_MODEL, key.model());
    if (!key.peer().address().isEmpty()) {
      builder
          .put(GenAi.SERVER_ADDRESS, key.peer().address())
          .put(GenAi.SERVER_PORT, (long) key.peer().port());
    }
    Attributes common = builder.build();
    return new Labels(common, typed(common, "input"), typed(common, "output"));
  }
}
