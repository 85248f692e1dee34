package dev.infermux.events.metrics;

import dev.infermux.inference.Failure;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.record.AttemptCost;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.spi.CallListener;
import dev.infermux.tokentrace.span.GenAi;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Records finished calls in OpenTelemetry's GenAI metrics: duration and time to the first chunk of
 * each call, tokens of each attempt that was charged. Buckets are those that the conventions
 * advise.
 *
 * <p>The asked model is an attribute only where a provider was tried, since callers choose it.
 */
public final class GenAiMeters implements CallListener {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final List<Double> SECONDS =
      List.of(
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
  private static final List<Long> TOKENS =
      List.of(
          1L,
          4L,
          16L,
          64L,
          256L,
          1_024L,
          4_096L,
          16_384L,
          65_536L,
          262_144L,
          1_048_576L,
          4_194_304L,
          16_777_216L,
          67_108_864L);

  private final GenAi names;
  private final UnaryOperator<String> system;
  private final DoubleHistogram duration;
  private final DoubleHistogram firstChunk;
  private final LongHistogram input;
  private final LongHistogram output;

  /**
   * Creates the instruments.
   *
   * @param names the version of the conventions
   * @param system {@code gen_ai.provider.name} of a configured provider
   */
  public GenAiMeters(Meter meter, GenAi names, UnaryOperator<String> system) {
    this.names = names;
    this.system = system;
    this.duration = seconds(meter, names.durationMetric(), "How long an inference took.");
    this.firstChunk = seconds(meter, names.firstChunkMetric(), "Time to the first chunk.");
    this.input = tokens(meter, names.inputTokensMetric());
    this.output =
        names.outputTokensMetric().equals(names.inputTokensMetric())
            ? input
            : tokens(meter, names.outputTokensMetric());
  }

  @Override
  public void finished(CallRecord record) {
    Attributes attributes = attributes(record);
    duration.record(record.latencyNanos() / NANOS_PER_SECOND, attributes);
    if (record.firstTokenNanos() > 0) {
      firstChunk.record(record.firstTokenNanos() / NANOS_PER_SECOND, attributes);
    }
    for (AttemptRecord attempt : record.attempts()) {
      AttemptCost charge = attempt.charge();
      if (charge != null) {
        tokens(record, attempt, charge);
      }
    }
  }

  private void tokens(CallRecord record, AttemptRecord attempt, AttemptCost charge) {
    input.record(charge.usage().promptTokens(), tokens(record, attempt, "input"));
    if (charge.usage().completionTokens() > 0) {
      output.record(charge.usage().completionTokens(), tokens(record, attempt, "output"));
    }
  }

  private Attributes tokens(CallRecord record, AttemptRecord attempt, String type) {
    AttributesBuilder builder = common(record, attempt.provider(), attempt.model());
    return names == GenAi.V1_41 ? builder.put(GenAi.TOKEN_TYPE, type).build() : builder.build();
  }

  private Attributes attributes(CallRecord record) {
    ServedBy servedBy = record.servedBy();
    AttributesBuilder builder = common(record, servedBy.provider(), servedBy.model());
    Failure failure = record.outcome().failure();
    if (failure != null) {
      builder.put(GenAi.ERROR_TYPE, failure.code());
    }
    return builder.build();
  }

  private AttributesBuilder common(CallRecord record, String provider, String model) {
    AttributesBuilder builder =
        Attributes.builder().put(GenAi.OPERATION, record.call().operation().wireName());
    if (!provider.isEmpty()) {
      builder.put(GenAi.PROVIDER, system.apply(provider)).put(GenAi.RESPONSE_MODEL, model);
      String asked = record.call().model();
      if (!asked.isEmpty()) {
        builder.put(GenAi.REQUEST_MODEL, asked);
      }
    }
    return builder;
  }

  private static DoubleHistogram seconds(Meter meter, String name, String description) {
    return meter
        .histogramBuilder(name)
        .setUnit("s")
        .setDescription(description)
        .setExplicitBucketBoundariesAdvice(SECONDS)
        .build();
  }

  private static LongHistogram tokens(Meter meter, String name) {
    return meter
        .histogramBuilder(name)
        .ofLongs()
        .setUnit("{token}")
        .setDescription("Tokens of an inference.")
        .setExplicitBucketBoundariesAdvice(TOKENS)
        .build();
  }
}
